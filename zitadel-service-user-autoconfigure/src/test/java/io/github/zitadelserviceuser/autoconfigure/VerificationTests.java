// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What {@code verify-on-startup} does, for real.
 */
@ExtendWith(OutputCaptureExtension.class)
class VerificationTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void startThenLogsAsWhomAndWhatTheTokenIsGoodFor(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start(Map.of())) {
			assertThat(output).contains("Authenticated as service user 'service-user' (id " + ZITADEL.serviceUser().id()
					+ ") at " + ZITADEL.issuer()
					+ ". The access token is good for 43199 s, for the scopes [openid, profile, email] as far as ZITADEL "
					+ "grants them, and may be sent to [" + ZITADEL.issuer() + "]");
			assertThat(output).doesNotContain(ZITADEL.issuedTokens().get(0).value());
			assertThat(context.getBean(TokenSource.class).await()).isNotNull();
			assertThat(ZITADEL.tokenEndpoint().requestCount()).as("one token for all").isEqualTo(1);
		}
	}

	@Test
	void startWhenNotAskedForThenNothingIsSent() {
		try (ConfigurableApplicationContext context = start(Map.of("verify-on-startup", "false"))) {
			assertThat(context.isRunning()).isTrue();
			assertThat(ZITADEL.discovery().requestCount()).isZero();
			assertThat(ZITADEL.userInfo().requestCount()).isZero();
		}
	}

	@Test
	void startWhenBeansAreLazyThenVerifiesAllTheSame() {
		Contexts.of(ZITADEL)
			.withPropertyValues("zitadel.service-user.verify-on-startup=true")
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(ZITADEL.userInfo().requestCount()).isEqualTo(1);
			});
	}

	@Test
	void startThenVerifiesAheadOfWhatElseStarts() {
		EarlyLifecycle other = new EarlyLifecycle();
		Contexts.of(ZITADEL)
			.withPropertyValues("zitadel.service-user.verify-on-startup=true")
			.withBean("aaa", SmartLifecycle.class, () -> other)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(other.requestsBefore).isEqualTo(1);
				context.getSourceApplicationContext().pause();
				context.getSourceApplicationContext().restart();
				assertThat(ZITADEL.userInfo().requestCount()).isEqualTo(1);
			});
	}

	@Test
	void startWhenTokensAreTheApplicationsOwnThenAsksForOneOnly(CapturedOutput output) {
		Contexts.unconfigured()
			.withPropertyValues("zitadel.service-user.issuer-uri=" + ZITADEL.issuer(),
					"zitadel.service-user.verify-on-startup=true")
			.withBean("own", TokenSource.class,
					() -> RefreshingTokenSource.builder(() -> new TokenResponse("own", null)).build(),
					Contexts.qualified())
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output)
					.contains("Authenticated at " + ZITADEL.issuer() + ". The access token is good for 60");
				assertThat(ZITADEL.userInfo().requestCount()).isZero();
			});
	}

	@Test
	void startWhenUserIsDeactivatedThenStopsWithAnExplanation(CapturedOutput output) {
		ZITADEL.serviceUser().deactivate();
		assertThatException().isThrownBy(() -> start(Map.of()).close());
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The ZITADEL service user could not be verified: no access token could be obtained. ")
			.contains("is deactivated or locked")
			.contains("Go through what is named above, one by one.")
			.contains("set 'zitadel.service-user.verify-on-startup=false'")
			.doesNotContain("\tat ");
		ZITADEL.serviceUser().reactivate();
		start(Map.of()).close();
	}

	@Test
	void startWhenZitadelIsNotThereThenStopsWithAnExplanation(CapturedOutput output) {
		Map<String, String> properties = Map.of("issuer-uri", "http://localhost:1", "token-timeout", "1s");
		assertThatException().isThrownBy(() -> start(properties).close());
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("No answer from http://localhost:1/.well-known/openid-configuration")
			.contains("Check that ZITADEL is up and can be reached from here (name resolution, firewall, proxy), and "
					+ "that 'zitadel.service-user.issuer-uri'");
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 404, 500, 503 })
	void startWhenUserInfoFailsOnceThenIsAskedAgain(int status, CapturedOutput output) {
		ZITADEL.userInfo()
			.answerNext(1, (status == 404) ? FakeAnswer.databaseDown()
					: FakeAnswer.oauthError(status, "access_denied", "access token invalid"));
		start(Map.of()).close();
		assertThat(output).contains("Authenticated as service user 'service-user'");
		assertThat(ZITADEL.userInfo().requestCount()).isEqualTo(2);
	}

	@Test
	void startWhenUserInfoBreaksTheConnectionOnceThenIsAskedAgain(CapturedOutput output) {
		ZITADEL.userInfo().answerNext(2, FakeAnswer.disconnect());
		start(Map.of()).close();
		assertThat(output).contains("Authenticated as service user 'service-user'");
	}

	@ParameterizedTest
	@EnumSource
	void startWhenKeyIsNotKnownYetThenIsTriedAgain(Dialect dialect, CapturedOutput output) {
		FakeAnswer unknown = (dialect == Dialect.SERVER_ERROR) ? FakeAnswer.internalError()
				: FakeAnswer.oauthError(400, "invalid_grant", "invalid assertion");
		ZITADEL.tokenEndpoint().answerNext(2, unknown);
		start(Map.of("key-location", ZITADEL.serviceUser().createKey().keyFile().toString()), ShortPauses.class)
			.close();
		assertThat(output).contains("Authenticated as service user 'service-user'");
		assertThat(ZITADEL.tokenEndpoint().requestCount()).isEqualTo(3);
	}

	@Test
	void startWhenUserInfoFailsForGoodThenStopsWithAnExplanation(CapturedOutput output) {
		int status = 403;
		ZITADEL.userInfo().answerAlways(FakeAnswer.text(status, "Forbidden"));
		assertThatException().isThrownBy(() -> start(Map.of()).close());
		assertThat(ZITADEL.userInfo().requestCount()).isOne();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("could not be verified: there is an access token, but userinfo did not say whose it is. ")
			.contains("/oidc/v1/userinfo answered with status " + status)
			.doesNotContain(ZITADEL.issuedTokens().get(0).value());
		ZITADEL.userInfo().answerNormally();
		start(Map.of()).close();
	}

	private static ConfigurableApplicationContext start(Map<String, String> properties, Class<?>... sources) {
		Map<String, String> all = new HashMap<>(Map.of("issuer-uri", ZITADEL.issuer(), "key-location",
				ZITADEL.serviceUser().key().keyFile().toString(), "verify-on-startup", "true"));
		all.putAll(properties);
		return RealApplication.start(all, sources);
	}

	private static final class EarlyLifecycle implements SmartLifecycle {

		private int requestsBefore = -1;

		@Override
		public void start() {
			if (this.requestsBefore == -1) {
				this.requestsBefore = ZITADEL.userInfo().requestCount();
			}
		}

		@Override
		public void stop() {
			// There is nothing to stop.
		}

		@Override
		public boolean isRunning() {
			return this.requestsBefore != -1;
		}

		@Override
		public int getPhase() {
			return Integer.MIN_VALUE + 1;
		}

	}

}
