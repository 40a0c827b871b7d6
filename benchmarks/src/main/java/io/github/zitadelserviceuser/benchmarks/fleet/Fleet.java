// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

import io.github.zitadelserviceuser.benchmarks.time.VirtualTime;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenResponse;

/**
 * Runs the real source of tokens of each instance through a scenario. The token endpoint
 * answers at once, whatever the load: it is the load that is measured.
 */
final class Fleet {

	private static final long SEED = 7523;

	private static final Duration BETWEEN_CALLS = Duration.ofMinutes(1);

	// One for all: to fill in the stack of millions would take longer than all the rest.
	private final TokenRequestException failure = new TokenRequestException(Reason.UNAVAILABLE, "Outage");

	private final VirtualTime time;

	private final List<RefreshingTokenSource> instances = new ArrayList<>();

	private final Scenario scenario;

	private final Load load;

	private Fleet(Scenario scenario) {
		this.time = new VirtualTime(scenario.policy().tokenTimeout());
		this.scenario = scenario;
		this.load = new Load(scenario.end());
	}

	/**
	 * Run a scenario.
	 * @param scenario what the fleet goes through
	 * @return what the token endpoint and the callers saw
	 */
	static Load run(Scenario scenario) {
		Fleet fleet = new Fleet(scenario);
		fleet.start();
		fleet.time.runUntil(scenario.end());
		return fleet.load;
	}

	@SuppressWarnings("FutureReturnValueIgnored") // the first call of an instance is not
													// judged
	private void start() {
		RandomGenerator random = new SplittableRandom(SEED);
		RandomGenerator randomOfPauses = this.scenario.randomOfPauses(random);
		for (int i = 0; i < this.scenario.instances(); i++) {
			RefreshingTokenSource instance = RefreshingTokenSource.builder(this::answer)
				.policy(this.scenario.policy())
				.tasks(this.time)
				.time(this.time, this.time::nanoTime)
				.random(randomOfPauses)
				.build();
			this.instances.add(instance);
			Duration startedAt = Duration
				.ofNanos((long) (this.scenario.startedWithin().toNanos() * random.nextDouble()));
			this.time.after(startedAt, instance::get);
		}
		this.time.after(BETWEEN_CALLS, this::call);
	}

	private TokenResponse answer() {
		long now = this.time.nanoTime();
		boolean outage = now >= this.scenario.outageFrom().toNanos() && now < this.scenario.outageTo().toNanos();
		this.load.request(now, outage);
		if (outage) {
			throw this.failure;
		}
		return new TokenResponse("token", Scenario.TOKEN_LIFETIME);
	}

	/**
	 * Be a caller of each instance.
	 */
	private void call() {
		for (RefreshingTokenSource instance : this.instances) {
			CompletableFuture<AccessToken> token = instance.get();
			boolean served = token.isDone() && !token.isCompletedExceptionally()
					&& token.join().expiresAt().isAfter(this.time.instant());
			this.load.call(served);
		}
		this.time.after(BETWEEN_CALLS, this::call);
	}

}
