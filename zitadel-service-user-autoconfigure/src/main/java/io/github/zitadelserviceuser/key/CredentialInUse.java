// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import org.jspecify.annotations.Nullable;

/**
 * What a service user authenticates with, for those who watch it: nothing is read here,
 * and nothing secret is told.
 *
 * @since 0.1.0
 */
public sealed interface CredentialInUse permits LastGoodKey, LastGoodSecret {

	/**
	 * Return what it is.
	 * @return the kind of credential
	 */
	CredentialKind kind();

	/**
	 * Return where it comes from.
	 * @return part of a sentence, which holds no secret
	 */
	String origin();

	/**
	 * Return why it could not be read the last time, so that the one before is used.
	 * @return the reason, or {@code null} if it could
	 */
	@Nullable InvalidCredentialException problem();

}
