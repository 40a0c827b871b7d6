// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.time.Clock;

/**
 * What belongs to one instance and is shared by its parts.
 *
 * @param clock the server's clock
 * @param users the users
 * @param tokens the tokens issued
 * @param keyPairs where new keys come from
 * @param files where key files and secrets are written to
 */
record Instance(Clock clock, Users users, AccessTokens tokens, RsaKeyPairs keyPairs, CredentialDirectory files) {

}
