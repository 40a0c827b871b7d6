// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.function.UnaryOperator;

/**
 * What of a caller goes along with the token request that it waits for, such as its
 * trace. A refresh that nobody waits for belongs to nobody.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallerContext {

	/**
	 * Capture the context of the calling thread. This is called only where a caller is
	 * about to start a request and to wait for it, and returns at once. What it throws,
	 * and what the step that it returns throws or fails to do, costs the context alone.
	 * What it returns may go unused: another caller may be the faster one to start it.
	 * @return puts a step of the request, which runs on another thread, into that context
	 */
	UnaryOperator<Runnable> capture();

}
