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

package io.github.zitadelserviceuser.benchmarks.call;

/**
 * How a call is authorized.
 *
 * @since 0.1.0
 */
public enum Authorization {

	/**
	 * Not at all.
	 */
	NONE("none: the plain client"),

	/**
	 * By a header that never changes, set when the client is built.
	 */
	CONSTANT_HEADER("a constant header, as a default of the client"),

	/**
	 * By a header that never changes, set by the least filter or interceptor there is.
	 */
	CONSTANT_FILTER("a constant header, by a filter or interceptor"),

	/**
	 * By such a filter or interceptor that looks at the answer and could send the request
	 * again: deferred, or with headers of its own.
	 */
	CONSTANT_REPEATABLE("the same, able to send it again"),

	/**
	 * By this library.
	 */
	SERVICE_USER("this library"),

	/**
	 * By Spring Security.
	 */
	SPRING_SECURITY("Spring Security");

	private final String title;

	Authorization(String title) {
		this.title = title;
	}

	/**
	 * Return the name for the documentation.
	 * @return the title
	 */
	public String title() {
		return this.title;
	}

}
