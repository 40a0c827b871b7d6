// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;

/**
 * What belongs to one instance and is shared by its parts.
 *
 * @param clock the server's clock
 * @param ids where numeric ids come from
 * @param zitadelProjectId the id of ZITADEL's own project
 * @param organization the organization of the users
 * @param users the users
 * @param applications the applications
 * @param tokens the tokens issued
 * @param keyPairs where new keys come from
 * @param files where key files and secrets are written to
 */
record Instance(Clock clock, Ids ids, String zitadelProjectId, Organization organization, Users users,
		Applications applications, AccessTokens tokens, RsaKeyPairs keyPairs, CredentialDirectory files) {

	static Instance create(Clock clock, String organizationDomain) {
		Ids ids = new Ids();
		Organization organization = new Organization(ids.next(), organizationDomain);
		return new Instance(clock, ids, ids.next(), organization, new Users(organization), new Applications(),
				new AccessTokens(clock), new RsaKeyPairs(), new CredentialDirectory());
	}

	/**
	 * Return the audience that is written into tokens and told of them.
	 * @param token a token
	 * @return ids of projects, ZITADEL's own not by its name
	 */
	Set<String> projectIds(IssuedToken token) {
		Set<String> ids = new TreeSet<>(token.audience());
		if (ids.remove(Scopes.ZITADEL_AUDIENCE)) {
			ids.add(this.zitadelProjectId);
		}
		return ids;
	}

}
