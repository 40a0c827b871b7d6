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

package io.github.zitadelserviceuser.autoconfigure;

import java.util.function.BiConsumer;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Provokes what users run into, and collects the texts that they see.
 */
@FunctionalInterface
interface TroubleshootingCases {

	/**
	 * Provoke each case once.
	 * @param texts takes the name of a case and what is seen then
	 */
	void provoke(BiConsumer<String, String> texts) throws Exception;

	static String messageOf(ThrowingCallable call) {
		Throwable failure = catchThrowable(call);
		assertThat(failure).isNotNull();
		return String.valueOf(failure.getMessage());
	}

}
