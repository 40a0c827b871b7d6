// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks for scopes that do nothing. ZITADEL drops a scope that it does not know without a
 * word, so that a mistake shows only where something is missing later.
 *
 * @since 0.1.0
 * @see <a href="https://zitadel.com/docs/apis/openidoauth/scopes">Scopes in ZITADEL's
 * documentation</a>
 */
public final class ScopeCheck {

	private static final String ROLES = "urn:zitadel:iam:org:projects:roles";

	private static final Pattern ROLE = Pattern.compile("urn:zitadel:iam:org:project:role:.+");

	private static final Pattern PROJECT_AUDIENCE = Pattern
		.compile("urn:zitadel:iam:org:project:id:(?!zitadel:)[^:{}<>]+:aud");

	/** Where a part is in braces, an id, a role or a domain is to be put. */
	private static final List<String> KNOWN = List.of("openid", "profile", "email", "phone", "address",
			"urn:zitadel:iam:org:project:id:zitadel:aud", "urn:zitadel:iam:org:project:id:{projectId}:aud", ROLES,
			"urn:zitadel:iam:org:project:role:{role}", "urn:zitadel:iam:org:roles:id:{orgId}",
			"urn:zitadel:iam:org:id:{orgId}", "urn:zitadel:iam:org:domain:primary:{domain}",
			"urn:zitadel:iam:user:resourceowner", "urn:zitadel:iam:user:metadata");

	private static final Set<String> CLAIMS = Set.of("urn:zitadel:iam:org:project:roles", "urn:iam:org:project:roles");

	private ScopeCheck() {
	}

	/**
	 * Look through the scopes that will be asked for.
	 * @param propertyPrefix the prefix of the properties to name, such as
	 * {@code zitadel.service-user}
	 * @param scopes the scopes
	 * @return a warning for each that does nothing, with what is meant most likely; none
	 * if all are in order
	 */
	public static List<String> warnings(String propertyPrefix, Collection<String> scopes) {
		Set<String> sent = new LinkedHashSet<>();
		// A blank in an entry makes two scopes of it, on the wire as here.
		scopes.forEach((scope) -> sent.addAll(List.of(scope.split(" ", -1))));
		sent.remove("");
		List<String> warnings = new ArrayList<>();
		for (String scope : sent) {
			if (!isKnown(scope)) {
				warnings
					.add("The scope '" + SafeText.of(scope) + "' does nothing, since ZITADEL drops what it does not "
							+ "know without a word. " + advice(scope, propertyPrefix));
			}
		}
		boolean roles = sent.stream().anyMatch((scope) -> scope.equals(ROLES) || ROLE.matcher(scope).matches());
		if (roles && sent.stream().noneMatch((scope) -> PROJECT_AUDIENCE.matcher(scope).matches())) {
			warnings.add("Roles are asked for, but none will be returned: ZITADEL returns those in the projects whose "
					+ "audience is asked for. Set '" + propertyPrefix + ".project-ids' to the ids of the projects");
		}
		return warnings;
	}

	private static boolean isKnown(String scope) {
		return (!scope.contains("{") && KNOWN.contains(scope))
				|| KNOWN.stream().anyMatch((known) -> pattern(known).matcher(scope).matches());
	}

	private static String advice(String scope, String prefix) {
		if (CLAIMS.contains(scope)) {
			return "It is the name of a claim; the scope for it is '" + ROLES + "', or '" + prefix
					+ ".project-roles=true' with '" + prefix + ".project-ids'";
		}
		if (scope.equals("offline_access")) {
			return "A service user gets no refresh token, and needs none. Remove it";
		}
		if (scope.contains("{") || scope.contains("<")) {
			return "It has a placeholder in it: put the id, the role or the domain there";
		}
		if (scope.contains(",") || scope.contains(";")) {
			return "It holds several scopes: make each an entry of its own in '" + prefix + ".scopes'";
		}
		String nearest = Spelling.nearest(scope, candidates(scope));
		return (nearest != null) ? "Did you mean '" + SafeText.of(nearest) + "'?" + caseAdvice(scope, nearest)
				: "Remove it from '" + prefix + ".scopes', or correct it";
	}

	private static String caseAdvice(String scope, String nearest) {
		return scope.equalsIgnoreCase(nearest) ? " Upper and lower case are different" : "";
	}

	// The id, the role or the domain of a misspelled scope is put where it belongs, be
	// it counted from the beginning or from the end.
	private static List<String> candidates(String scope) {
		List<String> given = List.of(scope.split(":", -1));
		List<String> candidates = new ArrayList<>();
		for (String known : KNOWN) {
			int longer = given.size() - known.split(":", -1).length;
			candidates.add(fill(known, given, 0));
			candidates.add(fill(known, given, longer));
		}
		return candidates;
	}

	private static String fill(String known, List<String> given, int shift) {
		String[] parts = known.split(":", -1);
		for (int i = 0; i < parts.length; i++) {
			int from = i + shift;
			if (parts[i].startsWith("{") && from >= 0 && from < given.size()) {
				parts[i] = given.get(from);
			}
		}
		return String.join(":", parts);
	}

	private static Pattern pattern(String known) {
		// The key of a role may hold a colon.
		return Pattern.compile(known.replace("{role}", "[^{}<>\\s]+").replaceAll("\\{\\w+}", "[^:{}<>\\\\s,]+"));
	}

}
