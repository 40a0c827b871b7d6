// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scopes that mean something for a service user. All others are dropped silently.
 */
final class Scopes {

	static final String OPENID = "openid";

	static final String PROFILE = "profile";

	/** The name of ZITADEL's own project in an audience scope. */
	static final String ZITADEL_AUDIENCE = "zitadel";

	static final String RESOURCE_OWNER = "urn:zitadel:iam:user:resourceowner";

	/** Asks for all roles in the projects of the audience. */
	static final String ROLES = "urn:zitadel:iam:org:projects:roles";

	/** What stands before a role to ask for that one. */
	static final String ROLE = "urn:zitadel:iam:org:project:role:";

	private static final String METADATA = "urn:zitadel:iam:user:metadata";

	/** What a personal access token may: nobody can ask for less or for more. */
	static final Set<String> OF_PERSONAL_ACCESS_TOKEN = ordered(List.of(OPENID, PROFILE, METADATA, RESOURCE_OWNER,
			"urn:zitadel:iam:org:project:id:" + ZITADEL_AUDIENCE + ":aud"));

	private static final Set<String> FIXED = Set.of(OPENID, PROFILE, "email", "phone", "address", ROLES, RESOURCE_OWNER,
			METADATA);

	private static final Pattern AUDIENCE = Pattern.compile("urn:zitadel:iam:org:project:id:([^:]+):aud");

	private static final Pattern ROLES_OF_ORGANIZATION = Pattern.compile("urn:zitadel:iam:org:roles:id:.+");

	private static final String ORGANIZATION_ID = "urn:zitadel:iam:org:id:";

	private static final String ORGANIZATION_DOMAIN = "urn:zitadel:iam:org:domain:primary:";

	private final Set<String> ofOwnOrganization;

	Scopes(Organization organization) {
		this.ofOwnOrganization = Set.of(ORGANIZATION_ID + organization.id(),
				ORGANIZATION_DOMAIN + organization.primaryDomain());
	}

	static List<String> split(String parameter) {
		List<String> scopes = new ArrayList<>(List.of(parameter.split(" ", -1)));
		scopes.removeIf(String::isEmpty);
		return List.copyOf(scopes);
	}

	Set<String> grant(List<String> requested) {
		return ordered(requested.stream().filter(this::isKnown).toList());
	}

	private static Set<String> ordered(List<String> scopes) {
		return Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
	}

	private boolean isKnown(String scope) {
		return FIXED.contains(scope) || this.ofOwnOrganization.contains(scope) || AUDIENCE.matcher(scope).matches()
				|| (scope.startsWith(ROLE) && !scope.equals(ROLE)) || ROLES_OF_ORGANIZATION.matcher(scope).matches();
	}

	static Set<String> audience(Set<String> scopes) {
		Set<String> projects = new LinkedHashSet<>();
		for (String scope : scopes) {
			Matcher matcher = AUDIENCE.matcher(scope);
			if (matcher.matches()) {
				projects.add(matcher.group(1));
			}
		}
		return Set.copyOf(projects);
	}

}
