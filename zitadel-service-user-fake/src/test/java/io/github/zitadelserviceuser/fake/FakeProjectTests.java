// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.math.BigInteger;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an API of a project learns of tokens, by asking or by their signature. What the
 * answers look like is in {@link RecordTests}.
 */
class FakeProjectTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final TestClient client = new TestClient(this.zitadel);

	private final FakeProject project = this.zitadel.createProject("reader", "writer");

	private final String scope = "openid urn:zitadel:iam:org:project:id:" + this.project.id()
			+ ":aud urn:zitadel:iam:org:projects:roles";

	@AfterEach
	void close() {
		this.zitadel.close();
	}

	@Test
	void introspectionWhenTokenEndsThenIsActiveNoMore() {
		FakeApplication application = this.project.createApiApplication();
		String token = this.client.token(this.scope);
		assertThat(isActive(application, token)).isTrue();
		this.zitadel.revoke(token);
		assertThat(isActive(application, token)).isFalse();
		assertThat(isActive(application, this.client.token(this.scope))).isTrue();
	}

	@Test
	void introspectionWhenApplicationIsOfAnotherProjectThenIsNotActive() {
		String token = this.client.token(this.scope);
		assertThat(isActive(this.zitadel.createProject().createApiApplication(), token)).isFalse();
		assertThat(isActive(this.project.createWebApplication(), token)).isTrue();
	}

	@Test
	void introspectionWhenScriptedThenAnswersSoUntilReset() {
		FakeApplication application = this.project.createApiApplication();
		this.zitadel.introspection().answerAlways(FakeAnswer.serviceUnavailable());
		assertThat(introspect(application, "any").statusCode()).isEqualTo(503);
		assertThat(this.zitadel.introspection().requestCount()).isOne();
		this.zitadel.reset();
		assertThat(introspect(application, "any").statusCode()).isEqualTo(200);
	}

	@Test
	void revocationWhenAskedForThenNoTokenEnds() {
		FakeApplication application = this.project.createWebApplication();
		String token = this.client.token(this.scope);
		assertThat(post(RevocationHandler.PATH, application, token).statusCode()).isEqualTo(401);
		assertThat(this.zitadel.isValid(token)).isTrue();
	}

	@Test
	void rolesWhenGrantedThenToldUntilReset() {
		this.zitadel.serviceUser().grantRoles(this.project, "writer");
		String token = this.client.token(this.scope);
		assertThat(this.client.get(UserInfoHandler.PATH, token).body()).contains("writer").doesNotContain("reader");
		this.zitadel.reset();
		assertThat(this.client.get(UserInfoHandler.PATH, token).body()).doesNotContain("writer");
	}

	@Test
	void accessTokenWhenIsAJwtThenIsVerifiedByTheKeysOfDiscovery() throws Exception {
		this.zitadel.serviceUser().useJwtAccessTokens(true);
		String token = this.client.token(this.scope);
		String keysUri = TestClient.json(this.client.get(DiscoveryHandler.PATH)).get("jwks_uri").toString();
		assertThat(keysUri).isEqualTo(this.zitadel.issuer() + SigningKey.PATH);
		Map<?, ?> jwk = (Map<?, ?>) ((List<?>) TestClient.json(this.client.get(SigningKey.PATH)).get("keys")).get(0);
		Signature signature = Signature.getInstance("SHA256withRSA");
		signature.initVerify(KeyFactory.getInstance("RSA")
			.generatePublic(new RSAPublicKeySpec(number(jwk.get("n")), number(jwk.get("e")))));
		int dot = token.lastIndexOf('.');
		signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
		assertThat(signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1)))).isTrue();
		assertThat(this.client.get(UserInfoHandler.PATH, token).statusCode()).isEqualTo(200);
		this.zitadel.reset();
		assertThat(this.client.token(this.scope)).hasSize(104).doesNotContain(".");
	}

	private static BigInteger number(Object value) {
		return new BigInteger(1, Base64.getUrlDecoder().decode(value.toString()));
	}

	@Test
	void organizationWhenRemovedThenNobodyGetsATokenUntilItIsBack() {
		String token = this.client.token(this.scope);
		this.zitadel.organizationRemoved(true);
		assertThat(this.client.requestToken().statusCode()).isEqualTo(500);
		assertThat(this.client.get(UserInfoHandler.PATH, token).statusCode()).isEqualTo(401);
		this.zitadel.reset();
		assertThat(this.client.requestToken().statusCode()).isEqualTo(200);
		assertThat(this.client.get(UserInfoHandler.PATH, token).statusCode()).isEqualTo(200);
	}

	@Test
	void toStringWhenPrintedThenShowsNoSecret() {
		FakeApplication application = this.project.createApiApplication();
		assertThat(application + " " + this.project + application.key()).contains(application.clientId())
			.doesNotContain(application.clientSecret())
			.doesNotContain("PRIVATE");
		assertThat(application.project()).isSameAs(this.project);
	}

	private boolean isActive(FakeApplication application, String token) {
		return (boolean) TestClient.json(introspect(application, token)).get("active");
	}

	private HttpResponse<String> introspect(FakeApplication application, String token) {
		return post(IntrospectionHandler.PATH, application, token);
	}

	private HttpResponse<String> post(String path, FakeApplication application, String token) {
		String credentials = application.clientId() + ":" + application.clientSecret();
		return this.client.send(this.client.request(path)
			.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII)))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("token=" + token)));
	}

}
