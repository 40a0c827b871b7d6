// SPDX-License-Identifier: Apache-2.0

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
