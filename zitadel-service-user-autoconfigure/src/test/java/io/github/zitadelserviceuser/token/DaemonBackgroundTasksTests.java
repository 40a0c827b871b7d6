// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(20)
class DaemonBackgroundTasksTests {

	private static final InheritableThreadLocal<String> INHERITABLE = new InheritableThreadLocal<>();

	// Threads of another test may be about to end.
	private final String name = "tasks-" + UUID.randomUUID();

	private final DaemonBackgroundTasks tasks = new DaemonBackgroundTasks(this.name);

	@AfterEach
	void close() {
		this.tasks.close();
		INHERITABLE.remove();
	}

	@Test
	void newTasksWhenUnusedThenNoThread() {
		assertThat(threads(this.name)).isEmpty();
	}

	@Test
	void runWhenCalledThenOnNamedDaemonThatInheritsNothing() throws Exception {
		INHERITABLE.set("of the caller");
		ClassLoader loader = Thread.currentThread().getContextClassLoader();
		Thread.currentThread().setContextClassLoader(new ClassLoader(loader) {
		});
		try {
			CompletableFuture<Thread> worker = new CompletableFuture<>();
			CompletableFuture<String> inherited = new CompletableFuture<>();
			this.tasks.run(() -> {
				inherited.complete(String.valueOf(INHERITABLE.get()));
				worker.complete(Thread.currentThread());
			});
			expectOwnDaemon(worker.get(), this.name + "-1");
			assertThat(inherited.get()).isEqualTo("null");
			CompletableFuture<Thread> timer = new CompletableFuture<>();
			this.tasks.schedule(() -> timer.complete(Thread.currentThread()), Duration.ZERO);
			expectOwnDaemon(timer.get(), this.name + "-timer-1");
		}
		finally {
			Thread.currentThread().setContextClassLoader(loader);
		}
	}

	@Test
	void runWhenAnotherTaskIsStuckThenRunsBesideIt() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		this.tasks.run(() -> awaitUninterruptibly(release));
		this.tasks.run(done::countDown);
		done.await();
		release.countDown();
	}

	@Test
	void scheduleWhenCancelledThenNotRun() throws Exception {
		CompletableFuture<String> first = new CompletableFuture<>();
		Future<?> cancelled = this.tasks.schedule(() -> first.complete("cancelled"), Duration.ofMillis(20));
		cancelled.cancel(false);
		this.tasks.schedule(() -> first.complete("other"), Duration.ofMillis(40));
		assertThat(first.get()).isEqualTo("other");
	}

	@Test
	void closeWhenTaskHangsAndTimerWaitsThenThreadsAreGoneWithinASecond() throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		this.tasks.run(() -> {
			running.countDown();
			try {
				never.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		this.tasks.schedule(never::countDown, Duration.ofHours(1));
		running.await();
		expectGoneWithinASecond(this.name, this.tasks::close, 2);
		assertThat(never.getCount()).isOne();
	}

	@Test
	void closeWhenClosedThenNoTaskIsTakenAndClosingAgainIsNothing() {
		this.tasks.close();
		this.tasks.close();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.tasks.run(() -> {
		}));
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.tasks.schedule(() -> {
		}, Duration.ZERO));
		assertThat(threads(this.name)).isEmpty();
	}

	@Test
	void closeWhenRequestOfSourceHangsThenCallerIsAnsweredAndThreadsAreGoneWithinASecond() throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		RefreshingTokenSource source = RefreshingTokenSource.builder(() -> {
			running.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				throw new TokenRequestException(Reason.CANCELLED, "Interrupted", ex);
			}
			throw new IllegalStateException();
		}).policy(RefreshPolicy.defaults().withKeepWarm(true)).tasks(this.tasks).build();
		assertThat(threads(this.name)).isEmpty();
		CompletableFuture<AccessToken> caller = source.get();
		running.await();
		expectGoneWithinASecond(this.name, source::close, 2);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(caller::get)
			.havingCause()
			.asInstanceOf(InstanceOfAssertFactories.type(TokenRequestException.class))
			.extracting(TokenRequestException::getReason)
			.isEqualTo(Reason.CANCELLED);
	}

	@Test
	void timeoutWhenRequestHangsThenItIsInterruptedAndNextRequestWorks() throws Exception {
		AtomicBoolean hanging = new AtomicBoolean();
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		TokenGrant grant = () -> {
			if (interrupted.isDone()) {
				return new TokenResponse("token", Duration.ofHours(1));
			}
			hanging.set(true);
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.complete(true);
			}
			throw new TokenRequestException(Reason.CANCELLED, "Interrupted");
		};
		try (RefreshingTokenSource source = RefreshingTokenSource.builder(grant)
			.policy(RefreshPolicy.defaults().withTokenTimeout(Duration.ofMillis(50)))
			.random(new FixedRandom(0))
			.build()) {
			// The time may be over before a busy machine has begun to ask.
			while (!hanging.get()) {
				assertThatExceptionOfType(TokenRequestException.class).isThrownBy(source::await)
					.extracting(TokenRequestException::getReason)
					.isEqualTo(Reason.TIMEOUT);
			}
			assertThat(interrupted.get()).isTrue();
			AccessToken token = Awaitility.await()
				.ignoreExceptionsInstanceOf(TokenRequestException.class)
				.until(source::await, (obtained) -> true);
			assertThat(token.value()).isEqualTo("token");
		}
	}

	private void expectOwnDaemon(Thread thread, String name) {
		assertThat(thread.isDaemon()).isTrue();
		assertThat(thread.getName()).isEqualTo(name);
		assertThat(thread.getContextClassLoader()).isSameAs(DaemonBackgroundTasks.class.getClassLoader());
	}

	private static void expectGoneWithinASecond(String prefix, Runnable close, int count) throws Exception {
		List<Thread> threads = threads(prefix);
		assertThat(threads).hasSize(count);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
		close.run();
		for (Thread thread : threads) {
			thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
		}
		assertThat(threads).noneMatch(Thread::isAlive);
		// One more may tell the callers.
		Awaitility.await().untilAsserted(() -> assertThat(threads(prefix)).isEmpty());
	}

	private static List<Thread> threads(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(prefix))
			.toList();
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			Thread.onSpinWait();
		}
	}

}
