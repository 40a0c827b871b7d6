// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;

import io.github.zitadelserviceuser.fake.FakeEndpoint;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.IssuedToken;

/**
 * Sees to it that the token endpoint fails now and then, in turn in each of the ways it
 * can, and that the server does not remember for ever what it has done: its records would
 * hide a leak of the library. All of it happens on one thread.
 */
final class TroubledServer implements Runnable {

	private static final long TICK_NANOS = 1_000_000;

	private static final Duration BETWEEN_CLEARINGS = Duration.ofSeconds(5);

	private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

	private final Deque<Fault> nextFaults = new ArrayDeque<>();

	private final List<IssuedToken> remembered = new ArrayList<>();

	private final FakeZitadel zitadel;

	private final FakeEndpoint endpoint;

	private final Lock gate;

	private final int faultEvery;

	private final Random random;

	private volatile boolean stopped;

	private long cleared;

	/**
	 * Create a new server.
	 * @param zitadel the server that is to fail
	 * @param gate can be had while no token request is under way
	 * @param settings how often it fails
	 */
	TroubledServer(FakeZitadel zitadel, Lock gate, SoakSettings settings) {
		this.zitadel = zitadel;
		this.endpoint = zitadel.tokenEndpoint();
		this.gate = gate;
		this.faultEvery = settings.faultEvery();
		this.random = new Random(settings.seed());
		zitadel.tokenLifetime(SoakSettings.TOKEN_LIFETIME.plusSeconds(1));
	}

	@Override
	public void run() {
		long clearAt = System.nanoTime() + BETWEEN_CLEARINGS.toNanos();
		while (!this.stopped) {
			long calm = this.random.nextInt(2 * this.faultEvery - 1);
			if (awaitRequests(requests() + calm)) {
				injectNext();
			}
			if (System.nanoTime() - clearAt > 0) {
				clear();
				clearAt = System.nanoTime() + BETWEEN_CLEARINGS.toNanos();
			}
		}
	}

	private void injectNext() {
		if (this.nextFaults.isEmpty()) {
			List<Fault> all = new ArrayList<>(List.of(Fault.values()));
			Collections.shuffle(all, this.random);
			this.nextFaults.addAll(all);
		}
		Fault fault = this.nextFaults.remove();
		long before = requests();
		fault.inject(this.endpoint);
		if (awaitRequests(before + 1)) {
			this.faults.merge(fault, 1, Integer::sum);
		}
		this.endpoint.delay(Duration.ZERO);
	}

	/**
	 * Wait until so many requests have arrived.
	 * @param requests the number since the start
	 * @return whether they have, and it is not the end
	 */
	private boolean awaitRequests(long requests) {
		while (!this.stopped && requests() < requests) {
			LockSupport.parkNanos(TICK_NANOS);
		}
		return !this.stopped;
	}

	/**
	 * Forget requests, and tokens that have expired long ago. Nothing is asked meanwhile:
	 * a reset also undoes the lifetime of tokens, for a moment.
	 */
	private void clear() {
		this.gate.lock();
		try {
			this.remembered.addAll(this.zitadel.issuedTokens());
			this.cleared += this.endpoint.requestCount();
			this.zitadel.reset();
			this.zitadel.tokenLifetime(SoakSettings.TOKEN_LIFETIME.plusSeconds(1));
		}
		finally {
			this.gate.unlock();
		}
		Instant longAgo = this.zitadel.clock().instant().minus(SoakSettings.TOKEN_LIFETIME.multipliedBy(2));
		this.remembered.removeIf((token) -> {
			boolean old = token.issuedAt().isBefore(longAgo);
			if (old) {
				this.zitadel.revoke(token.value());
			}
			return old;
		});
	}

	/**
	 * Count the token requests. To be asked by others when this has stopped.
	 * @return the number that has arrived
	 */
	long requests() {
		return this.cleared + this.endpoint.requestCount();
	}

	void stop() {
		this.stopped = true;
	}

	/**
	 * Count the faults. To be asked when this has stopped.
	 * @return how often each met a request
	 */
	Map<Fault, Integer> faults() {
		return this.faults;
	}

}
