// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What userinfo and introspection tell about a service user, by the scopes of its token.
 * It has a name to tell, but no email or phone.
 */
final class UserClaims {

	private static final String OWN_ORGANIZATION = "urn:zitadel:iam:org:id";

	private final Organization organization;

	UserClaims(Organization organization) {
		this.organization = organization;
	}

	/**
	 * Add what is told.
	 * @param claims what is told anyway
	 * @param user the user
	 * @param scopes the scopes of the token
	 * @param projects the ids of the projects whose roles may be told
	 * @return all claims, in the order of the alphabet if there are some of ZITADEL's own
	 */
	Map<String, Object> addTo(Map<String, Object> claims, FakeServiceUser user, Collection<String> scopes,
			Collection<String> projects) {
		if (scopes.contains(Scopes.PROFILE)) {
			claims.put("name", user.userName());
			claims.put("updated_at", user.changeDate().getEpochSecond());
			claims.put("preferred_username", user.userName());
		}
		Map<String, Object> ofZitadel = new LinkedHashMap<>();
		addOrganization(ofZitadel, scopes);
		addRoles(ofZitadel, user, scopes, projects);
		if (ofZitadel.isEmpty()) {
			return claims;
		}
		Map<String, Object> sorted = new TreeMap<>(claims);
		sorted.putAll(ofZitadel);
		return sorted;
	}

	private void addOrganization(Map<String, Object> claims, Collection<String> scopes) {
		boolean own = scopes.contains(OWN_ORGANIZATION + ":" + this.organization.id());
		if (own) {
			claims.put(OWN_ORGANIZATION, this.organization.id());
		}
		if (own || scopes.contains(Scopes.RESOURCE_OWNER)) {
			claims.put(Scopes.RESOURCE_OWNER + ":id", this.organization.id());
			claims.put(Scopes.RESOURCE_OWNER + ":name", Organization.NAME);
			claims.put(Scopes.RESOURCE_OWNER + ":primary_domain", this.organization.primaryDomain());
		}
	}

	private void addRoles(Map<String, Object> claims, FakeServiceUser user, Collection<String> scopes,
			Collection<String> projects) {
		Map<String, Object> all = new TreeMap<>();
		for (String project : projects) {
			Map<String, Object> roles = new TreeMap<>();
			for (String role : user.roles(project)) {
				if (scopes.contains(Scopes.ROLES) || scopes.contains(Scopes.ROLE + role)) {
					roles.put(role, Map.of(this.organization.id(), this.organization.primaryDomain()));
				}
			}
			if (!roles.isEmpty()) {
				claims.put("urn:zitadel:iam:org:project:%s:roles".formatted(project), roles);
				all.putAll(roles);
			}
		}
		if (!all.isEmpty()) {
			claims.put(Scopes.ROLES, all);
		}
	}

}
