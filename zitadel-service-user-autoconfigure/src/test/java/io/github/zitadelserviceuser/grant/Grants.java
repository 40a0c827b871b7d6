// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.security.interfaces.RSAPrivateKey;
import java.time.Clock;
import java.util.List;

import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.token.TokenRequestException;

import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Grants for tests, and what is done with them again and again.
 */
final class Grants {

	static final String PREFIX = "zitadel.service-user";

	static final List<String> SCOPES = List.of("openid", "profile", "email");

	private Grants() {
	}

	static JwtBearerGrant of(FakeZitadel zitadel) {
		return of(zitadel, keyOf(zitadel));
	}

	static JwtBearerGrant of(FakeZitadel zitadel, KeyReader keyReader) {
		return of(zitadel.issuer(), keyReader, HttpClientKind.JDK.restClient());
	}

	static JwtBearerGrant of(String issuer, KeyReader keyReader, RestClient restClient) {
		return of(AuthorizationServer.of(PREFIX, issuer, null, true), keyReader, restClient, Clock.systemUTC());
	}

	static JwtBearerGrant of(AuthorizationServer server, KeyReader keyReader, RestClient restClient, Clock clock) {
		return new JwtBearerGrant(server, lastGood(keyReader), SCOPES, restClient, clock);
	}

	static AssertionDiagnosis diagnosis(AuthorizationServer server, AssertionInputs inputs) {
		return new AssertionDiagnosis(server, lastGood(() -> {
			throw new AssertionError("Not to be read");
		}), inputs, false);
	}

	static LastGoodKey lastGood(KeyReader keyReader) {
		return new LastGoodKey(keyReader, List.of());
	}

	static KeyReader keyOf(FakeZitadel zitadel) {
		return reader(zitadel.serviceUser().key());
	}

	static KeyReader reader(FakeServiceUserKey key) {
		ServiceUserKey read = key(key);
		return () -> read;
	}

	static ServiceUserKey key(FakeServiceUserKey key) {
		return new ServiceUserKey(key.userId(), key.keyId(), (RSAPrivateKey) key.privateKey(), key.expirationDate());
	}

	static TokenRequestException failureOf(JwtBearerGrant grant) {
		TokenRequestException failure = catchThrowableOfType(TokenRequestException.class, grant::request);
		assertThat(failure).isNotNull();
		return failure;
	}

	static void assertToken(FakeZitadel zitadel, JwtBearerGrant grant) {
		assertThat(zitadel.isValid(grant.request().accessToken())).isTrue();
	}

}
