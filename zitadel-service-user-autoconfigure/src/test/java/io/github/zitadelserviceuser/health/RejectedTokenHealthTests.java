// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.health;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.grant.JwtBearerGrant;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What health says of a token that a resource server answers with 401, for real and in
 * both of ZITADEL's dialects.
 */
class RejectedTokenHealthTests {

	private static final String PREFIX = "zitadel.service-user";

	@ParameterizedTest
	@EnumSource
	void healthWhenUserIsLockedThenDownUntilItIsUnlocked(Dialect dialect) {
		try (FakeZitadel zitadel = FakeZitadel.builder().dialect(dialect).start();
				RefreshingTokenSource source = source(zitadel)) {
			AccessToken token = source.await();
			zitadel.serviceUser().lock();
			assertThat(health(source).getStatus()).as("no call has met it").isEqualTo(Status.UP);
			reject(source, token);
			assertThat(health(source).getStatus()).isEqualTo(Status.DOWN);
			assertThat(failure(source)).containsEntry("reason", "refused");
			zitadel.serviceUser().reactivate();
			assertThat(source.reject(token).join()).isNotEqualTo(token);
			assertThat(health(source).getStatus()).isEqualTo(Status.UP);
		}
	}

	@ParameterizedTest
	@EnumSource
	void healthWhenKeyWasDeletedThenDownUntilThereIsAnother(Dialect dialect) {
		try (FakeZitadel zitadel = FakeZitadel.builder().dialect(dialect).start();
				RefreshingTokenSource source = source(zitadel)) {
			AccessToken token = source.await();
			FakeServiceUser user = zitadel.serviceUser();
			user.deleteKey(user.key().keyId());
			reject(source, token);
			assertThat(health(source).getStatus()).isEqualTo(Status.DOWN);
			user.rotateKey();
			assertThat(source.reject(token).join()).isNotEqualTo(token);
			assertThat(health(source).getStatus()).isEqualTo(Status.UP);
		}
	}

	@ParameterizedTest
	@EnumSource
	void healthWhenZitadelIsNotReachedThenUpWithTheFailure(Dialect dialect) {
		try (FakeZitadel zitadel = FakeZitadel.builder().dialect(dialect).start();
				RefreshingTokenSource source = source(zitadel)) {
			AccessToken token = source.await();
			for (FakeAnswer answer : List.of(FakeAnswer.badGateway(), FakeAnswer.databaseDown(),
					FakeAnswer.text(500, "Internal Server Error"))) {
				zitadel.tokenEndpoint().answerAlways(answer);
				reject(source, token);
				assertThat(health(source).getStatus()).isEqualTo(Status.UP);
				assertThat(failure(source)).containsKey("message");
			}
			zitadel.tokenEndpoint().answerNormally();
			assertThat(source.reject(token).join()).isNotEqualTo(token);
			assertThat(health(source).getDetails()).doesNotContainKey("lastFailure");
		}
	}

	/**
	 * Returns when the request that this causes has ended.
	 */
	private static void reject(RefreshingTokenSource source, AccessToken token) {
		assertThat(source.reject(token).join()).isEqualTo(token);
	}

	private static Health health(RefreshingTokenSource source) {
		return new ServiceUserHealthIndicator(source::status, null, Clock.systemUTC()).health();
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> failure(RefreshingTokenSource source) {
		return (Map<String, Object>) health(source).getDetails().get("lastFailure");
	}

	private static RefreshingTokenSource source(FakeZitadel zitadel) {
		KeyReader reader = KeyReader.json(PREFIX, zitadel.serviceUser().keyFile().toString(),
				new DefaultResourceLoader());
		return RefreshingTokenSource
			.builder(new JwtBearerGrant(AuthorizationServer.of(PREFIX, zitadel.issuer(), null, true),
					new LastGoodKey(reader, List.of()), List.of("openid"),
					RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()).build(), Clock.systemUTC()))
			.policy(RefreshPolicy.defaults().withShortestHold(Duration.ZERO).withTokenTimeout(Duration.ofSeconds(60)))
			// The random part of each pause is none of it.
			.random(() -> 0)
			.build();
	}

}
