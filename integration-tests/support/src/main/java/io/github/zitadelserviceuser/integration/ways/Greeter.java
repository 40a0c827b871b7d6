// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who calls out, in one of the ways.
 */
public interface Greeter {

	/**
	 * Get a greeting from a server that wants to know who asks.
	 * @return the greeting
	 */
	@Nullable String greet();

}
