// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A token at hand costs nothing.
 */
class TokenAllocationTests {

	private static final int CALLS = 100_000;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final ManualTasks tasks = new ManualTasks(new MutableTime());

	private final ScriptedGrant grant = new ScriptedGrant();

	// With the clocks that an application has.
	private final RefreshingTokenSource source = RefreshingTokenSource.builder(this.grant).tasks(this.tasks).build();

	@BeforeEach
	void measuringCostsNothingItself() {
		assertThat(bytesPerCall(() -> {
		})).isLessThan(1);
		Object[] sink = new Object[1];
		assertThat(bytesPerCall(() -> sink[0] = new long[8])).as("what is allocated is seen").isGreaterThan(1);
	}

	@Test
	void getWhenFreshThenAllocatesNothing() {
		hold(Duration.ofHours(12));
		assertThat(bytesPerCall(this.source::get)).isLessThan(1);
		assertThat(this.grant.requests()).isOne();
	}

	@Test
	void awaitWhenFreshThenAllocatesNothing() {
		hold(Duration.ofHours(12));
		assertThat(bytesPerCall(this.source::await)).isLessThan(1);
	}

	@Test
	void getWhenStaleAndRefreshIsUnderWayThenAllocatesNothing() {
		MutableTime time = new MutableTime();
		RefreshingTokenSource stale = RefreshingTokenSource.builder(this.grant)
			.tasks(this.tasks)
			.time(Clock.systemUTC(), time::nanoTime)
			.build();
		CompletableFuture<AccessToken> first = stale.get();
		this.tasks.runAll();
		time.advance(Duration.ofMinutes(50));
		assertThat(stale.get().join()).isSameAs(first.join());
		assertThat(this.tasks.waiting()).isOne();
		assertThat(bytesPerCall(stale::get)).isLessThan(1);
		assertThat(this.tasks.waiting()).isOne();
	}

	private void hold(Duration lifetime) {
		this.grant.succeed(lifetime);
		this.source.get();
		this.tasks.runAll();
		assertThat(this.source.get()).isCompleted();
	}

	private double bytesPerCall(Runnable call) {
		long thread = Thread.currentThread().getId();
		long least = Long.MAX_VALUE;
		for (int round = 0; round < 5; round++) {
			long before = this.threads.getThreadAllocatedBytes(thread);
			for (int i = 0; i < CALLS; i++) {
				call.run();
			}
			least = Math.min(least, this.threads.getThreadAllocatedBytes(thread) - before);
		}
		return (double) least / CALLS;
	}

}
