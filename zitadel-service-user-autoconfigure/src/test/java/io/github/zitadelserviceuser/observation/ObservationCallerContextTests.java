// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.observation;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whose trace a token request belongs to.
 */
class ObservationCallerContextTests {

	private final RecordedObservations observations = new RecordedObservations();

	private final AtomicLong nanos = new AtomicLong();

	private final Deque<Reason> failures = new ArrayDeque<>();

	private final RefreshingTokenSource tokens = RefreshingTokenSource
		.builder(new ObservedTokenGrant("default", this::request, this.observations.registry(), null))
		.callerContext(new ObservationCallerContext(this.observations.registry()))
		.tasks(new OtherThreadTasks())
		.time(Clock.systemUTC(), this.nanos::get)
		.build();

	@Test
	void awaitWhenCallerIsObservedThenTheRequestIsItsChild() {
		observe("caller", this.tokens::await);
		assertThat(this.observations.parents()).containsExactly("caller");
	}

	@Test
	void awaitWhenCallerIsNotObservedThenTheRequestIsARoot() {
		this.tokens.await();
		assertThat(this.observations.parents()).containsExactly("none");
	}

	@Test
	void awaitWhenAttemptsAreRepeatedThenEachIsAChild() {
		this.failures.add(Reason.UNREACHABLE);
		this.failures.add(Reason.UNAVAILABLE);
		observe("caller", this.tokens::await);
		assertThat(this.observations.parents()).containsExactly("caller", "caller", "caller");
	}

	@Test
	void awaitWhenItFailsThenTheNextCallersRequestIsThatCallers() {
		this.failures.add(Reason.REFUSED);
		assertThatExceptionOfType(TokenRequestException.class).isThrownBy(() -> observe("first", this.tokens::await));
		advance(Duration.ofSeconds(20));
		observe("second", this.tokens::await);
		assertThat(this.observations.parents()).containsExactly("first", "second");
	}

	@Test
	void getWhenTokenIsStaleThenTheRefreshIsARoot() {
		observe("caller", this.tokens::await);
		advance(Duration.ofMinutes(55));
		observe("later", this.tokens::await);
		assertThat(this.observations.parents()).containsExactly("caller", "none");
	}

	@Test
	void getWhenTokenIsSpentThenTheRequestIsTheCallersAgain() {
		observe("caller", this.tokens::await);
		advance(Duration.ofHours(2));
		observe("later", this.tokens::await);
		assertThat(this.observations.parents()).containsExactly("caller", "later");
	}

	@Test
	void rejectThenTheRequestIsTheCallers() {
		observe("caller", () -> {
			var token = this.tokens.await();
			advance(Duration.ofMinutes(1));
			assertThat(this.tokens.reject(token).join()).isNotEqualTo(token);
		});
		assertThat(this.observations.parents()).containsExactly("caller", "caller");
	}

	@Test
	void awaitWhenAHandlerFailsThenThereIsATokenAllTheSame() {
		this.observations.registry().observationConfig().observationHandler(new FailingHandler());
		Observation caller = Observation.start("caller", this.observations.registry());
		try (Observation.Scope scope = caller.openScope()) {
			assertThat(this.tokens.await().value()).startsWith("token");
		}
		assertThat(this.observations.parents()).containsExactly("caller");
		advance(Duration.ofHours(2));
		this.tokens.await();
		assertThat(this.observations.parents()).as("no scope is left behind").containsExactly("caller", "none");
	}

	private void observe(String name, Runnable caller) {
		Observation.createNotStarted(name, this.observations.registry()).observe(caller);
	}

	private void advance(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

	private TokenResponse request() {
		Reason failure = this.failures.poll();
		if (failure != null) {
			throw new TokenRequestException(failure, "no");
		}
		return new TokenResponse("token-" + this.nanos.get(), Duration.ofHours(1));
	}

	/**
	 * Fails wherever the caller's observation comes to another thread.
	 */
	private static final class FailingHandler implements ObservationHandler<Observation.Context> {

		@Override
		public void onScopeOpened(Observation.Context context) {
			if (Thread.currentThread().getName().equals("other") && "caller".equals(context.getName())) {
				throw new IllegalStateException("broken");
			}
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
