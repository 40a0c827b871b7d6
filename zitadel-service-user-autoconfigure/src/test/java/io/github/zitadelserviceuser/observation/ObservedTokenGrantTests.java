// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.observation;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is observed of a token request.
 */
@ExtendWith(OutputCaptureExtension.class)
class ObservedTokenGrantTests {

	private static final TokenResponse TOKEN = new TokenResponse("secret", Duration.ofHours(1));

	private final RecordedObservations observations = new RecordedObservations();

	@Test
	void requestWhenTokenComesThenSuccess() {
		assertThat(observed(() -> TOKEN).request()).isSameAs(TOKEN);
		Observation.Context context = this.observations.tokenRequests().get(0);
		assertThat(context.getName()).isEqualTo("zitadel.service.user.token.requests");
		assertThat(context.getContextualName()).isEqualTo("service user token request");
		assertThat(RecordedObservations.lowCardinality(context))
			.isEqualTo("oauth2.error=none outcome=SUCCESS reason=none service.user=default");
		assertThat(context.getHighCardinalityKeyValues()).isEmpty();
		assertThat(this.observations.registry().getCurrentObservation()).isNull();
	}

	@Test
	void replaceThenIsObservedAndPassedOn() {
		AccessToken rejected = new AccessToken("rejected", Instant.EPOCH, Instant.MAX);
		TokenGrant grant = new TokenGrant() {

			@Override
			public TokenResponse request() {
				throw new IllegalStateException("Not the one that is rejected");
			}

			@Override
			public TokenResponse replace(AccessToken token) {
				assertThat(token).isSameAs(rejected);
				return TOKEN;
			}

		};
		assertThat(observed(grant).replace(rejected)).isSameAs(TOKEN);
		assertThat(this.observations.tokenRequests()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "REFUSED, invalid_grant, invalid_grant", "SERVER_ERROR, server_error, server_error",
			"REFUSED, something_else, other", "INVALID_KEY, , none" })
	void requestWhenItFailsThenReasonAndCode(Reason reason, String error, String shown) {
		TokenRequestException failure = new TokenRequestException(reason, "no", error, null, null);
		assertThatExceptionOfType(TokenRequestException.class).isThrownBy(() -> observed(() -> {
			throw failure;
		}).request()).isSameAs(failure);
		assertThat(RecordedObservations.lowCardinality(this.observations.tokenRequests().get(0)))
			.isEqualTo("oauth2.error=" + shown + " outcome=FAILURE reason=" + reason.name().toLowerCase()
					+ " service.user=default");
		observed(() -> TOKEN).request();
		assertThat(RecordedObservations.lowCardinality(this.observations.tokenRequests().get(1)))
			.contains("outcome=SUCCESS");
	}

	@Test
	void requestWhenGrantThrowsAnythingElseThenUnexpected() {
		assertThatIllegalStateException().isThrownBy(() -> observed(() -> {
			throw new IllegalStateException("oops");
		}).request());
		assertThat(RecordedObservations.lowCardinality(this.observations.tokenRequests().get(0)))
			.isEqualTo("oauth2.error=none outcome=FAILURE reason=unexpected service.user=default");
	}

	@Test
	void requestThenTheGrantRunsWithinTheObservation() {
		observed(() -> {
			Observation.createNotStarted("http", this.observations.registry()).observe(() -> {
			});
			assertThat(this.observations.registry().getCurrentObservation()).isNotNull();
			return TOKEN;
		}).request();
		assertThat(this.observations.tokenRequests()).hasSize(1);
	}

	@Test
	void requestWhenThereIsAConventionThenItsNames() {
		TokenRequestObservationConvention convention = new TokenRequestObservationConvention() {

			@Override
			public String getName() {
				return "mine";
			}

		};
		new ObservedTokenGrant("default", () -> TOKEN, this.observations.registry(), convention).request();
		assertThat(this.observations.tokenRequests()).extracting(Observation.Context::getName).containsExactly("mine");
	}

	@Test
	void requestWhenNobodyObservesThenWorks() {
		assertThat(new ObservedTokenGrant("default", () -> TOKEN, ObservationRegistry.NOOP, null).request())
			.isSameAs(TOKEN);
	}

	@Test
	void requestWhenMetersAreMadeOfItThenTheyHaveTheNamesOfTheReference() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		this.observations.registry().observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		observed(() -> {
			assertThat(meters.get("zitadel.service.user.token.requests.active")
				.tags("outcome", "UNKNOWN")
				.longTaskTimer()
				.activeTasks()).isOne();
			return TOKEN;
		}).request();
		assertThat(meters.get("zitadel.service.user.token.requests")
			.tags("outcome", "SUCCESS", "reason", "none", "oauth2.error", "none", "error", "none")
			.timer()
			.count()).isOne();
		assertThat(meters.getMeters()).extracting(Meter::getId)
			.extracting(Meter.Id::getName)
			.containsExactlyInAnyOrderElementsOf(
					List.of("zitadel.service.user.token.requests", "zitadel.service.user.token.requests.active"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "start", "error", "open", "close", "stop" })
	void requestWhenAHandlerFailsThenTheTokenIsRequestedOnceAllTheSame(String step) {
		this.observations.registry().observationConfig().observationHandler(new FailingHandler(step));
		AtomicInteger requests = new AtomicInteger();
		assertThat(observed(() -> {
			requests.incrementAndGet();
			return TOKEN;
		}).request()).isSameAs(TOKEN);
		assertThat(requests).hasValue(1);
		TokenRequestException failure = new TokenRequestException(Reason.REFUSED, "no");
		assertThatExceptionOfType(TokenRequestException.class).isThrownBy(() -> observed(() -> {
			throw failure;
		}).request()).isSameAs(failure);
		assertThat(this.observations.registry().getCurrentObservationScope()).isNull();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void requestWhenConventionFailsThenTheTokenComesAllTheSame(boolean name) {
		TokenRequestObservationConvention convention = new TokenRequestObservationConvention() {

			@Override
			public String getName() {
				if (name) {
					throw new IllegalStateException("broken");
				}
				return "mine";
			}

			@Override
			public KeyValues getLowCardinalityKeyValues(TokenRequestObservationContext context) {
				throw new NoClassDefFoundError("broken");
			}

		};
		assertThat(new ObservedTokenGrant("default", () -> TOKEN, this.observations.registry(), convention).request())
			.isSameAs(TOKEN);
		assertThat(this.observations.registry().getCurrentObservationScope()).isNull();
	}

	@Test
	void requestWhenAPredicateFailsThenTheTokenComesAllTheSame() {
		this.observations.registry().observationConfig().observationPredicate((observed, context) -> {
			throw new IllegalStateException("broken");
		});
		assertThat(observed(() -> TOKEN).request()).isSameAs(TOKEN);
	}

	@Test
	void requestWhenAHandlerFailsThenWarnsOnce(CapturedOutput output) {
		this.observations.registry().observationConfig().observationHandler(new FailingHandler("start"));
		this.observations.registry().observationConfig().observationHandler(new FailingHandler("stop"));
		TokenGrant grant = observed(() -> TOKEN);
		for (int i = 0; i < 5; i++) {
			grant.request();
		}
		assertThat(output.getAll().split("WARN .*is not observed as it should be")).hasSize(2);
		assertThat(output).contains("broken at start").doesNotContain("secret");
	}

	private TokenGrant observed(TokenGrant grant) {
		return new ObservedTokenGrant("default", grant, this.observations.registry(), null);
	}

	/**
	 * A handler that fails at one step.
	 *
	 * @param step the step
	 */
	private record FailingHandler(String step) implements ObservationHandler<Observation.Context> {

		@Override
		public void onStart(Observation.Context context) {
			failAt("start");
		}

		@Override
		public void onError(Observation.Context context) {
			failAt("error");
		}

		@Override
		public void onScopeOpened(Observation.Context context) {
			failAt("open");
		}

		@Override
		public void onScopeClosed(Observation.Context context) {
			failAt("close");
		}

		@Override
		public void onStop(Observation.Context context) {
			failAt("stop");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		private void failAt(String step) {
			if (this.step.equals(step)) {
				throw FailingHandler.<RuntimeException>sneaky(new IOException("broken at " + step));
			}
		}

		/**
		 * Throw what the compiler does not know of, as code in Kotlin does.
		 */
		@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
		private static <E extends Throwable> RuntimeException sneaky(Throwable ex) throws E {
			throw (E) ex;
		}

	}

}
