// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.zitadelserviceuser.token.DaemonBackgroundTasks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The tasks of one service user, on threads that others use as well.
 */
class OwnTasksTests {

	private final DaemonBackgroundTasks shared = new DaemonBackgroundTasks("own-tasks-test");

	private final OwnTasks one = new OwnTasks(this.shared);

	private final OwnTasks other = new OwnTasks(this.shared);

	@AfterEach
	void close() {
		this.shared.close();
	}

	@Test
	void closeThenInterruptsAndForgetsItsOwnAlone() throws Exception {
		CountDownLatch running = new CountDownLatch(2);
		CountDownLatch goOn = new CountDownLatch(1);
		AtomicBoolean interrupted = new AtomicBoolean();
		AtomicBoolean otherInterrupted = new AtomicBoolean();
		AtomicBoolean late = new AtomicBoolean();
		CountDownLatch otherLate = new CountDownLatch(1);
		this.one.run(() -> waitFor(running, goOn, interrupted));
		this.other.run(() -> waitFor(running, goOn, otherInterrupted));
		Future<?> forgotten = this.one.schedule(() -> late.set(true), Duration.ofHours(1));
		this.other.schedule(otherLate::countDown, Duration.ofMillis(1));
		assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
		this.one.close();
		Awaitility.await().untilTrue(interrupted);
		assertThat(forgotten.isCancelled()).isTrue();
		assertThat(otherLate.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(otherInterrupted).isFalse();
		goOn.countDown();
		assertThat(late).isFalse();
	}

	@Test
	void runWhenClosedThenRejected() {
		this.one.close();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.one.run(() -> {
		}));
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.one.schedule(() -> {
		}, Duration.ZERO));
	}

	@Test
	void closeWhenATaskWasTakenThenItRunsAllTheSame() throws Exception {
		for (int round = 0; round < 1_000; round++) {
			OwnTasks tasks = new OwnTasks(this.shared);
			CountDownLatch ran = new CountDownLatch(1);
			tasks.run(ran::countDown);
			tasks.close();
			assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void cancelThenTheTimerForgetsTheTask() {
		AtomicBoolean ran = new AtomicBoolean();
		Future<?> task = this.one.schedule(() -> ran.set(true), Duration.ofHours(1));
		assertThat(task.cancel(false)).isTrue();
		assertThat(task.isCancelled()).isTrue();
		assertThat(ran).isFalse();
	}

	private static void waitFor(CountDownLatch running, CountDownLatch goOn, AtomicBoolean interrupted) {
		running.countDown();
		try {
			goOn.await();
		}
		catch (InterruptedException ex) {
			interrupted.set(true);
		}
	}

}
