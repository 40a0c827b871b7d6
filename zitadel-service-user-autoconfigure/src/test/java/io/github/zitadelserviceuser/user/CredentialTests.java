// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.zitadelserviceuser.fake.FakePersonalAccessToken;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.RecordedTokenRequest;
import io.github.zitadelserviceuser.health.ServiceUserHealthIndicator;
import io.github.zitadelserviceuser.key.CredentialKind;
import io.github.zitadelserviceuser.key.InvalidCredentialException;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

/**
 * Each way to authenticate of a user that is built by hand, and what is seen of it.
 */
@ExtendWith(OutputCaptureExtension.class)
class CredentialTests {

	private static final String INSTRUCTION = "zitadel.service-users.billing.personal-access-token-location";

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final FakeServiceUser fake = this.zitadel.createServiceUser("importer");

	private final MovableClock clock = new MovableClock();

	@AfterEach
	void stop() {
		this.zitadel.close();
	}

	@Test
	void callWhenClientSecretThenAsThatUserAndItsRotationNeedsNoRestart(CapturedOutput output) {
		Path file = this.fake.secretFile();
		String secret = this.fake.createSecret().value();
		try (ServiceUserClient user = build((builder) -> builder.clientSecret("importer", secret))) {
			assertThat(userInfo(user)).contains(this.fake.id());
			assertThat(this.zitadel.tokenRequests()).extracting(RecordedTokenRequest::clientId)
				.containsExactly("importer");
			assertThat(user.key()).isNull();
		}
		this.fake.rotateSecret();
		try (ServiceUserClient user = build((builder) -> builder.clientSecretLocation(" importer ", file.toString()))) {
			assertThat(userInfo(user)).contains(this.fake.id());
			this.fake.rotateSecret();
			this.zitadel.revokeAllTokens();
			this.clock.advance(Duration.ofSeconds(11));
			assertThat(userInfo(user)).contains(this.fake.id());
			assertThat(health(user).getDetails()).containsEntry("credential",
					Map.of("type", "client-secret", "expiresAt", "not known"));
		}
		assertThat(output).contains("The client secret of the ZITADEL service user 'billing' was replaced")
			.doesNotContain(secret);
	}

	@Test
	void callWhenPersonalAccessTokenThenSentAsItIsAndZitadelIsNotAskedForOne(CapturedOutput output) {
		FakePersonalAccessToken token = this.fake.createPersonalAccessToken();
		try (ServiceUserClient user = build((builder) -> builder.personalAccessToken(token.value()))) {
			assertThat(userInfo(user)).contains(this.fake.id());
			assertThat(this.zitadel.tokenRequests()).isEmpty();
			assertThat(this.zitadel.discovery().requestCount()).isZero();
			assertThat(user.tokenSource().await().value()).isEqualTo(token.value());
			assertThat(user.hints()).isNull();
			Health health = health(user);
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("credential",
					Map.of("type", "personal-access-token", "expiresAt", "not known"));
			assertThat(health.getDetails().get("token")).asString().contains("state=fresh").doesNotContain("expiresAt");
		}
		assertThat(output)
			.contains("Obtained the first access token for the ZITADEL service user 'billing': it is a personal access "
					+ "token. When it ends is not known; it is looked at again from ")
			.doesNotContain("expires_in")
			.doesNotContain("does not say how long")
			.doesNotContain(token.value());
	}

	@Test
	void personalAccessTokenWhenAnHourHasPassedThenFileIsLookedAtAgain() {
		FakePersonalAccessToken first = this.fake.createPersonalAccessToken();
		Path file = first.file();
		try (ServiceUserClient user = build((builder) -> builder.personalAccessTokenLocation(file.toString()))) {
			assertThat(user.tokenSource().await().value()).isEqualTo(first.value());
			FakePersonalAccessToken second = this.fake.createPersonalAccessToken();
			second.writeTo(file);
			this.clock.advance(Duration.ofMinutes(50));
			assertThat(user.tokenSource().await().value()).isEqualTo(first.value());
			this.clock.advance(Duration.ofMinutes(10));
			Awaitility.await()
				.untilAsserted(() -> assertThat(user.tokenSource().await().value()).isEqualTo(second.value()));
			this.clock.advance(Duration.ofDays(30));
			assertThat(user.tokenSource().await().value()).isEqualTo(second.value());
		}
	}

	@Test
	void personalAccessTokenWhenRejectedThenSaysSoOnceAndTakesTheNewOneFromTheFile(CapturedOutput output) {
		FakePersonalAccessToken first = this.fake.createPersonalAccessToken();
		Path file = first.file();
		try (ServiceUserClient user = build((builder) -> builder.personalAccessTokenLocation(file.toString()))) {
			AccessToken held = user.tokenSource().await();
			first.delete();
			assertThat(user.tokenSource().reject(held).join()).isEqualTo(held);
			Awaitility.await().untilAsserted(() -> assertThat(output).contains(INSTRUCTION));
			assertThat(health(user).getStatus()).isEqualTo(Status.DOWN);
			assertThat(user.status()).isNotNull()
				.extracting(TokenStatus::held)
				.isNotNull()
				.extracting(TokenStatus.Held::state)
				.isEqualTo(TokenStatus.State.REJECTED);
			assertThat(user.tokenSource().await()).as("others go on with it").isEqualTo(held);
			assertThat(user.tokenSource().reject(held).join()).isEqualTo(held);
			FakePersonalAccessToken second = this.fake.createPersonalAccessToken();
			second.writeTo(file);
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(user.tokenSource().reject(held).join().value()).isEqualTo(second.value()));
			assertThat(userInfo(user)).contains(this.fake.id());
			assertThat(health(user).getStatus()).isEqualTo(Status.UP);
			assertThat(this.zitadel.tokenRequests()).isEmpty();
		}
		assertThat(output)
			.containsOnlyOnce("could not be refreshed: A server answered 401 to the personal access token, "
					+ "and there is no other one. It comes from '" + file)
			.contains("Users, Service Users, the user, Personal Access Tokens")
			.doesNotContain(first.value());
	}

	@Test
	void userInfoWhenPersonalAccessTokenIsGoneThenSaysWhereToLook() {
		FakePersonalAccessToken token = this.fake.createPersonalAccessToken();
		try (ServiceUserClient user = build((builder) -> builder.personalAccessToken(token.value()))) {
			assertThat(user.userInfoEndpoint()).isNotNull();
			assertThat(user.userInfoEndpoint().request(user.tokenSource().await()).userId()).isEqualTo(this.fake.id());
			token.delete();
			assertThatExceptionOfType(TokenRequestException.class)
				.isThrownBy(() -> user.userInfoEndpoint().request(user.tokenSource().await()))
				.withMessageContaining("ZITADEL does not accept the personal access token. It comes from property "
						+ "'zitadel.service-users.billing.personal-access-token'");
		}
	}

	@Test
	void buildWhenSecretCannotBeUsedThenNamesThePropertyOfThatUserAndNotTheSecret() {
		assertThatExceptionOfType(InvalidCredentialException.class)
			.isThrownBy(() -> build((builder) -> builder.clientSecretLocation("importer", "/no/such/file")))
			.withMessageContaining("zitadel.service-users.billing.client-secret-location");
		assertThatExceptionOfType(InvalidCredentialException.class)
			.isThrownBy(() -> build((builder) -> builder.personalAccessToken("my own\nsecret")))
			.withMessageContaining("zitadel.service-users.billing.personal-access-token")
			.withMessageNotContaining("my own");
		assertThatExceptionOfType(MissingPropertyException.class)
			.isThrownBy(() -> build((builder) -> builder.clientSecret(null, "secret")))
			.withMessageContaining("zitadel.service-users.billing.client-id");
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> build((builder) -> builder.clientSecret(this.fake.id(), "secret")))
			.satisfies((ex) -> {
				assertThat(ex.getName()).isEqualTo("zitadel.service-users.billing.client-id");
				assertThat(ex.getReason()).startsWith("It is the id of a user").contains("The user name is needed");
			});
		assertThatIllegalStateException().isThrownBy(
				() -> ServiceUserClient.builder().clientSecret("importer", "secret").personalAccessToken("token"));
	}

	@Test
	void kindWhenKeyThenHealthSaysSoToo() {
		try (ServiceUserClient user = build((builder) -> builder.keyLocation(this.fake.keyFile().toString()))) {
			assertThat(user.credential()).isSameAs(user.key());
			assertThat(health(user).getDetails()).contains(entry("credential", Map.of("type", "key")))
				.containsKey("key");
			assertThat(user.key()).isNotNull();
			assertThat(user.key().kind()).isEqualTo(CredentialKind.KEY);
		}
	}

	private ServiceUserClient build(UnaryOperator<ServiceUserClientBuilder> credential) {
		SharedResources shared = SharedResources.builder().clock(this.clock).build();
		return credential
			.apply(ServiceUserClient.builder()
				.name("billing")
				.issuerUri(this.zitadel.issuer())
				.sharedResources(shared)
				.onClose(() -> Closing.quietly(shared)))
			.build();
	}

	private Health health(ServiceUserClient user) {
		return new ServiceUserHealthIndicator(user::status, user.credential(), this.clock).health();
	}

	private String userInfo(ServiceUserClient user) {
		String body = user.restClient()
			.get()
			.uri(this.zitadel.issuer() + "/oidc/v1/userinfo")
			.retrieve()
			.body(String.class);
		assertThat(body).isNotNull();
		return body;
	}

	/**
	 * A clock that goes as any other does, and can be moved ahead.
	 */
	private static final class MovableClock extends Clock {

		private volatile Duration offset = Duration.ZERO;

		void advance(Duration duration) {
			this.offset = this.offset.plus(duration);
		}

		@Override
		public Instant instant() {
			return Instant.now().plus(this.offset);
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			throw new UnsupportedOperationException();
		}

	}

}
