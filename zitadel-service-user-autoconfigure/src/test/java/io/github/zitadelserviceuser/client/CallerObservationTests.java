// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zitadelserviceuser.observation.ObservationCallerContext;
import io.github.zitadelserviceuser.observation.ObservedTokenGrant;
import io.github.zitadelserviceuser.observation.OtherThreadTasks;
import io.github.zitadelserviceuser.observation.RecordedObservations;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A token request that a reactive call causes belongs to the trace of that call.
 */
class CallerObservationTests {

	private final RecordedObservations observations = new RecordedObservations();

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicLong nanos = new AtomicLong();

	private final RefreshingTokenSource tokens = RefreshingTokenSource
		.builder(new ObservedTokenGrant("default",
				() -> new TokenResponse("token-" + this.requests.incrementAndGet(), Duration.ofHours(1)),
				this.observations.registry(), null))
		.callerContext(new ObservationCallerContext(this.observations.registry()))
		.tasks(new OtherThreadTasks())
		.time(Clock.systemUTC(), this.nanos::get)
		.build();

	private final ServiceUserExchangeFilterFunction filter = new ServiceUserExchangeFilterFunction(this.tokens,
			AuthorizedClient.hosts(), null);

	private HttpStatus answer = HttpStatus.OK;

	@AfterEach
	void disablePropagation() {
		Hooks.disableAutomaticContextPropagation();
	}

	@Test
	void callWhenObservedThenTheTokenRequestIsItsChild() {
		callAs("caller");
		assertThat(this.observations.parents()).containsExactly("caller");
	}

	@Test
	void callWhenContextIsPropagatedAutomaticallyThenTheTokenRequestIsItsChild() {
		ObservationThreadLocalAccessor.getInstance().setObservationRegistry(this.observations.registry());
		Hooks.enableAutomaticContextPropagation();
		callAs("caller");
		Observation.createNotStarted("blocking", this.observations.registry()).observe(() -> {
			this.nanos.addAndGet(Duration.ofHours(2).toNanos());
			call().subscribeOn(Schedulers.parallel()).block();
		});
		assertThat(this.observations.parents()).containsExactly("caller", "blocking");
	}

	@Test
	void callWhenNotObservedThenTheTokenRequestIsARoot() {
		call().block();
		assertThat(this.observations.parents()).containsExactly("none");
	}

	@Test
	void callWhenTokenIsHeldThenNoScopeIsOpened() {
		callAs("first");
		int scopes = this.observations.scopes();
		callAs("second");
		assertThat(this.observations.scopes()).isEqualTo(scopes);
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void callWhenTokenIsStaleThenTheRefreshIsARoot() {
		callAs("first");
		this.nanos.addAndGet(Duration.ofMinutes(55).toNanos());
		callAs("second");
		assertThat(this.observations.parents()).containsExactly("first", "none");
	}

	@Test
	void callWhenTokenIsRejectedThenTheNewRequestIsItsChild() {
		callAs("first");
		this.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
		this.answer = HttpStatus.UNAUTHORIZED;
		callAs("second");
		assertThat(this.observations.parents()).containsExactly("first", "second");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void callWhenAHandlerFailsThenItIsMadeAllTheSame(boolean opening) {
		// Automatic propagation is off: no scope is opened but ours.
		this.observations.registry().observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onScopeOpened(Observation.Context context) {
				fail(opening);
			}

			@Override
			public void onScopeClosed(Observation.Context context) {
				fail(!opening);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

			private void fail(boolean here) {
				if (here) {
					throw new IllegalStateException("broken");
				}
			}

		});
		callAs("caller");
		assertThat(this.requests).hasValue(1);
		assertThat(this.observations.registry().getCurrentObservationScope()).isNull();
		this.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
		this.answer = HttpStatus.UNAUTHORIZED;
		callAs("second");
		assertThat(this.requests).hasValue(2);
	}

	private void callAs(String name) {
		Observation caller = Observation.start(name, this.observations.registry());
		call().contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, caller)).block();
		caller.stop();
	}

	private Mono<ClientResponse> call() {
		ClientRequest request = ClientRequest.create(HttpMethod.GET, URI.create("https://zitadel.example.com/things"))
			.build();
		return this.filter.filter(request, (sent) -> WrittenRequest.answered(sent, this.answer));
	}

}
