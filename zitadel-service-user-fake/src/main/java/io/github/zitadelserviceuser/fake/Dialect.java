// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

/**
 * How the server answers a bad assertion. ZITADEL never says which check failed; it has
 * two ways of not saying it.
 *
 * @since 0.1.0
 */
public enum Dialect {

	/**
	 * Status 500, {@code server_error}, {@code Errors.Internal}: up to at least ZITADEL
	 * 4.10. A bad assertion cannot be told from a real internal failure.
	 */
	SERVER_ERROR,

	/**
	 * Status 400, {@code invalid_grant}, {@code invalid assertion}: since the middle of
	 * 2026. It was read from ZITADEL's sources and not observed of a running server, as
	 * {@link #SERVER_ERROR} was; all else is as there.
	 */
	INVALID_GRANT

}
