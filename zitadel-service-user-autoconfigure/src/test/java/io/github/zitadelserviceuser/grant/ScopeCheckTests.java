// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Clock;
import java.util.List;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ScopeCheck}.
 */
class ScopeCheckTests {

	private static final String AUDIENCE = "urn:zitadel:iam:org:project:id:4711:aud";

	@Test
	void warningsWhenServerGrantsAllThenThereAreNone() {
		try (FakeZitadel zitadel = FakeZitadel.builder().organizationDomain("acme.example").start()) {
			List<String> scopes = List.of("openid", "profile", "email", "phone", "address", AUDIENCE,
					"urn:zitadel:iam:org:project:id:zitadel:aud", "urn:zitadel:iam:org:projects:roles",
					"urn:zitadel:iam:org:project:role:admin", "urn:zitadel:iam:org:project:role:a:b",
					"urn:zitadel:iam:org:roles:id:4711", "urn:zitadel:iam:org:id:" + zitadel.organizationId(),
					"urn:zitadel:iam:org:domain:primary:acme.example", "urn:zitadel:iam:user:resourceowner",
					"urn:zitadel:iam:user:metadata");
			assertThat(granted(zitadel, scopes)).containsExactlyInAnyOrderElementsOf(scopes);
			assertThat(warnings(scopes.toArray(String[]::new))).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "opnid, openid", "emails, email", "OpenID, openid", "adress, address",
			"urn:zitadel:iam:org:project:zitadel:aud, urn:zitadel:iam:org:project:id:zitadel:aud",
			"urn:zitadel:iam:org:project:id:4711, " + AUDIENCE, "urn:zitadel:iam:org:projects:id:4711:aud, " + AUDIENCE,
			"urn:zitadel:iam:org:project:id:4711:audience, " + AUDIENCE,
			"urn:zitadel:iam:org:project:id:ZITADEL:AUD, urn:zitadel:iam:org:project:id:zitadel:aud",
			"urn:zitadel:iam:org:projects:role, urn:zitadel:iam:org:projects:roles",
			"urn:zitadel:iam:user:resource_owner, urn:zitadel:iam:user:resourceowner",
			"urn:zitadel:iam:org:domain:primry:acme.example, urn:zitadel:iam:org:domain:primary:acme.example",
			"urn:zitadel:org:id:4711, urn:zitadel:iam:org:id:4711" })
	void warningsWhenScopeIsMisspeltThenNamesTheNearest(String scope, String nearest) {
		assertThat(warnings(scope, AUDIENCE)).singleElement()
			.asString()
			.startsWith(
					"The scope '" + scope + "' does nothing, since ZITADEL drops what it does not know without a word.")
			.contains("Did you mean '" + nearest + "'?");
		assertDropped(scope);
	}

	@ParameterizedTest
	@ValueSource(strings = { "urn:zitadel:iam:org:project:roles", "urn:iam:org:project:roles" })
	void warningsWhenScopeIsTheNameOfAClaimThenNamesTheScope(String scope) {
		assertThat(warnings(scope)).singleElement()
			.asString()
			.endsWith("It is the name of a claim; the scope for it is 'urn:zitadel:iam:org:projects:roles', or "
					+ "'zitadel.service-user.project-roles=true' with 'zitadel.service-user.project-ids'");
		assertDropped(scope);
	}

	@Test
	void warningsWhenEntryHoldsSeveralThenSaysSo() {
		assertThat(warnings("openid,profile", "email;phone")).hasSize(2)
			.allMatch((warning) -> warning
				.endsWith("It holds several scopes: make each an entry of its own in 'zitadel.service-user.scopes'"));
		assertDropped("openid,profile");
	}

	@Test
	void warningsWhenPlaceholderIsStillThereThenSaysSo() {
		assertThat(warnings("urn:zitadel:iam:org:project:id:{projectId}:aud", "urn:zitadel:iam:org:id:<org>"))
			.hasSize(2)
			.allMatch((warning) -> warning
				.endsWith("It has a placeholder in it: put the id, the role or the domain there"));
	}

	@Test
	void warningsWhenEntryHoldsBlanksThenEachPartIsLookedAt() {
		assertThat(warnings("openid profile ", "")).isEmpty();
		assertThat(warnings("openid prfile")).singleElement().asString().contains("'prfile'", "'profile'");
	}

	@Test
	void warningsWhenNothingIsNearThenNamesTheProperty() {
		assertThat(warnings("read:orders")).singleElement()
			.asString()
			.endsWith("Remove it from 'zitadel.service-user.scopes', or correct it");
		assertThat(warnings("offline_access")).singleElement().asString().contains("no refresh token");
		assertDropped("read:orders");
	}

	@ParameterizedTest
	@ValueSource(strings = { "urn:zitadel:iam:org:projects:roles", "urn:zitadel:iam:org:project:role:admin" })
	void warningsWhenRolesAreAskedForWithoutAProjectThenSaysSo(String roles) {
		String expected = "Roles are asked for, but none will be returned: ZITADEL returns those in the projects whose "
				+ "audience is asked for. Set 'zitadel.service-user.project-ids' to the ids of the projects";
		assertThat(warnings(roles)).containsExactly(expected);
		assertThat(warnings(roles, "urn:zitadel:iam:org:project:id:zitadel:aud")).containsExactly(expected);
		assertThat(warnings(roles, AUDIENCE)).isEmpty();
	}

	@Test
	void warningsWhenATokenWasPutThereThenIsNotShown() {
		String token = "dEXmXvDzCqPLwuLKBtIDGFZwXwxGWXyMbLIYgWxXZXEvIqnTMZSpeLuB3xqBaH1YBqwrfWM";
		assertThat(warnings(token)).singleElement()
			.asString()
			.contains("'[...]'")
			.doesNotContain(token.substring(9, 30));
	}

	private static void assertDropped(String scope) {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			assertThat(granted(zitadel, List.of(scope))).isEmpty();
		}
	}

	private static Iterable<String> granted(FakeZitadel zitadel, List<String> scopes) {
		new JwtBearerGrant(AuthorizationServer.of(Grants.PREFIX, zitadel.issuer(), null, true),
				Grants.lastGood(Grants.keyOf(zitadel)), scopes, HttpClientKind.JDK.restClient(), Clock.systemUTC())
			.request();
		return zitadel.tokenRequests().get(0).grantedScopes();
	}

	private static List<String> warnings(String... scopes) {
		return ScopeCheck.warnings("zitadel.service-user", List.of(scopes));
	}

}
