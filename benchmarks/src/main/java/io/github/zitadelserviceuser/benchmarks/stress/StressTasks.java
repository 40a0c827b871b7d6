// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.stress;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zitadelserviceuser.token.BackgroundTasks;
import org.jspecify.annotations.Nullable;

/**
 * Background tasks without a thread of their own: one of the actors runs them. What is no
 * attempt, but answers callers, runs at once.
 */
final class StressTasks implements BackgroundTasks {

	private final AtomicReference<@Nullable Runnable> next = new AtomicReference<>();

	private final boolean inline;

	private volatile @Nullable FutureTask<?> timer;

	private volatile boolean closed;

	private StressTasks(boolean inline) {
		this.inline = inline;
	}

	/**
	 * Return tasks that run at once, on the thread that has them run.
	 * @return new tasks
	 */
	static StressTasks inline() {
		return new StressTasks(true);
	}

	/**
	 * Return tasks that wait for an actor.
	 * @return new tasks
	 */
	static StressTasks handed() {
		return new StressTasks(false);
	}

	@Override
	public void run(Runnable task) {
		requireOpen();
		if (this.inline || !(task instanceof FutureTask)) {
			task.run();
		}
		else if (!this.next.compareAndSet(null, task)) {
			throw new IllegalStateException("Two token requests at a time");
		}
	}

	@Override
	public Future<?> schedule(Runnable task, Duration delay) {
		requireOpen();
		FutureTask<?> timer = new FutureTask<>(task, null);
		if (delay.isZero()) {
			timer.run();
		}
		else {
			this.timer = timer;
		}
		return timer;
	}

	@Override
	public void close() {
		this.closed = true;
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Run the task that is due, and wait for it where another actor is about to hand it
	 * over.
	 */
	void runNext() {
		Runnable task = this.next.getAndSet(null);
		while (task == null) {
			Thread.onSpinWait();
			task = this.next.getAndSet(null);
		}
		task.run();
		// Whoever aborted the attempt meant the attempt, not the actor.
		Thread.interrupted();
	}

	/**
	 * Let the time of the latest timer come.
	 */
	void fireTimer() {
		Objects.requireNonNull(this.timer, "no timer is set").run();
	}

	private void requireOpen() {
		if (this.closed) {
			throw new RejectedExecutionException("No task is taken");
		}
	}

}
