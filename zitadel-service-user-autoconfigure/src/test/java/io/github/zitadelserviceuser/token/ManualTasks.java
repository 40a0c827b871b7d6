// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Runs tasks when the test says so, on the thread of the test. A task in which time
 * passes is one that other tasks overtake.
 */
final class ManualTasks implements BackgroundTasks {

	private final Deque<Runnable> ready = new ConcurrentLinkedDeque<>();

	private final PriorityBlockingQueue<Timer> timers = new PriorityBlockingQueue<>(11,
			Comparator.<Timer>comparingLong((timer) -> timer.due).thenComparingLong((timer) -> timer.number));

	private final MutableTime time;

	private Consumer<Duration> schedules = (delay) -> {
	};

	private long count;

	private boolean tellingLater;

	private volatile boolean rejecting;

	private volatile boolean closed;

	ManualTasks(MutableTime time) {
		this.time = time;
	}

	@Override
	public void run(Runnable task) {
		requireOpen();
		if (!this.tellingLater && !(task instanceof FutureTask)) {
			task.run();
		}
		else {
			this.ready.add(task);
		}
	}

	/**
	 * Of a timer that is due at once no test has to wait for the thread.
	 */
	@Override
	public Future<?> schedule(Runnable task, Duration delay) {
		requireOpen();
		this.schedules.accept(delay);
		Timer timer = new Timer(task, this.time.elapsed() + delay.toNanos(), this.count++);
		if (delay.isZero()) {
			timer.run();
		}
		else {
			this.timers.add(timer);
		}
		return timer;
	}

	@Override
	public void close() {
		this.closed = true;
		this.ready.clear();
		this.timers.clear();
	}

	/**
	 * From now on, do not run what is no attempt (to answer callers, to tell listeners)
	 * at once: for those to whom it matters on which thread that is.
	 */
	void tellLater() {
		this.tellingLater = true;
	}

	void onSchedule(Consumer<Duration> schedules) {
		this.schedules = schedules;
	}

	void reject(boolean rejecting) {
		this.rejecting = rejecting;
	}

	boolean runNext() {
		Runnable task = this.ready.poll();
		if (task != null) {
			task.run();
		}
		return task != null;
	}

	void runAll() {
		while (runNext()) {
			continue;
		}
	}

	/**
	 * Let time pass. Each timer fires when it is due, and what it starts runs at once.
	 */
	void advance(Duration duration) {
		long end = this.time.elapsed() + duration.toNanos();
		while (fireNext(end)) {
			runAll();
		}
		moveTo(end);
	}

	boolean fireNext(long end) {
		Timer timer = this.timers.peek();
		if (timer == null || timer.due > end) {
			return false;
		}
		this.timers.remove();
		moveTo(timer.due);
		timer.run();
		return true;
	}

	int waiting() {
		return this.ready.size();
	}

	int timers() {
		return this.timers.size();
	}

	boolean isClosed() {
		return this.closed;
	}

	private void moveTo(long elapsed) {
		if (elapsed > this.time.elapsed()) {
			this.time.advance(Duration.ofNanos(elapsed - this.time.elapsed()));
		}
	}

	private void requireOpen() {
		if (this.closed || this.rejecting) {
			throw new RejectedExecutionException("No task is taken");
		}
	}

	private final class Timer extends FutureTask<Void> {

		private final long due;

		private final long number;

		private Timer(Runnable task, long due, long number) {
			super(task, null);
			this.due = due;
			this.number = number;
		}

		@Override
		protected void done() {
			ManualTasks.this.timers.remove(this);
		}

	}

}
