// SPDX-License-Identifier: Apache-2.0

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
