/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zitadelserviceuser.sample.page;

import org.jspecify.annotations.Nullable;

/**
 * One call and what became of it. Public for the page, which reads its values.
 *
 * @param millis how long it took
 * @param failure why it failed, {@code null} if it did not
 */
public record Call(long millis, @Nullable String failure) {

	/**
	 * Return whether the call was served.
	 * @return whether it did not fail
	 */
	public boolean isServed() {
		return this.failure == null;
	}

	/**
	 * Return the height of its bar, which grows with each doubling of the time.
	 * @return the height, up to 90
	 */
	public long height() {
		return Math.min(90, 8 + Math.round(5 * Math.log(this.millis + 1.0) / Math.log(2)));
	}

}
