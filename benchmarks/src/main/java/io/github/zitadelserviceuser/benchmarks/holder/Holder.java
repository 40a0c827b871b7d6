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

package io.github.zitadelserviceuser.benchmarks.holder;

import reactor.core.publisher.Mono;

/**
 * Something that holds a token and gets another in time, as its users see it.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public interface Holder extends AutoCloseable {

	/**
	 * Return the token as the library hands it out, and wait if there is none.
	 * @return the token, or what contains it
	 * @throws Exception if there is none to be had
	 */
	Object token() throws Exception;

	/**
	 * Return the token without blocking, where the library can do that.
	 * @return the token, or what contains it
	 */
	default Mono<?> tokenLater() {
		return Mono.error(new UnsupportedOperationException("It can only block"));
	}

	@Override
	default void close() {
	}

}
