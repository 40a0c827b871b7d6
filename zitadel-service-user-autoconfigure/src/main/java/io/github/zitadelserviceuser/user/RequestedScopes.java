// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The scopes that a service user asks for, those included that stand for an audience.
 *
 * @see <a href="https://zitadel.com/docs/apis/openidoauth/scopes">Scopes in ZITADEL's
 * documentation</a>
 */
final class RequestedScopes {

	private RequestedScopes() {
	}

	/**
	 * Return all scopes to ask for.
	 * @param scopes those that are named as such
	 * @param apiAccess whether to ask for the audience of ZITADEL's own APIs
	 * @param projectIds the projects whose audience to ask for
	 * @param projectRoles whether to ask for the roles in those projects
	 * @return the scopes, each once
	 */
	static Set<String> of(Collection<String> scopes, boolean apiAccess, Collection<String> projectIds,
			boolean projectRoles) {
		Set<String> all = new LinkedHashSet<>(scopes);
		if (apiAccess) {
			all.add(audienceOf("zitadel"));
		}
		projectIds.forEach((projectId) -> all.add(audienceOf(projectId)));
		if (projectRoles) {
			all.add("urn:zitadel:iam:org:projects:roles");
		}
		return Collections.unmodifiableSet(all);
	}

	private static String audienceOf(String project) {
		return "urn:zitadel:iam:org:project:id:" + project + ":aud";
	}

}
