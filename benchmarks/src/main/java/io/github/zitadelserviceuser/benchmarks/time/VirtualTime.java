// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

import io.github.zitadelserviceuser.token.BackgroundTasks;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only from one event to the next. All instances share it, on one
 * thread, so that a run with the same seed is the same run.
 *
 * @since 0.1.0
 */
public final class VirtualTime extends Clock implements BackgroundTasks {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private static final Comparator<Event> IN_ORDER = Comparator.<Event>comparingLong((event) -> event.due)
		.thenComparingLong((event) -> event.number);

	private final PriorityQueue<Event> others = new PriorityQueue<>(IN_ORDER);

	// Most events are of one of two delays. As all of a kind wait equally long, these are
	// in order without being sorted.
	private final Queue<Event> immediate = new ArrayDeque<>();

	private final Queue<Event> timeouts = new ArrayDeque<>();

	private final Duration timeout;

	private long now;

	private long count;

	/**
	 * Create a new time.
	 * @param timeout how long most tasks wait that don't run at once
	 */
	public VirtualTime(Duration timeout) {
		this.timeout = timeout;
	}

	/**
	 * Let time pass, and all that is due meanwhile happen.
	 * @param end the time from the start on at which this stops
	 */
	public void runUntil(Duration end) {
		long endNanos = end.toNanos();
		for (Queue<Event> queue = next(); isDue(queue.peek(), endNanos); queue = next()) {
			Event event = queue.remove();
			this.now = event.due;
			event.run();
		}
		this.now = endNanos;
	}

	private Queue<Event> next() {
		return earlier(this.immediate, earlier(this.timeouts, this.others));
	}

	private static Queue<Event> earlier(Queue<Event> one, Queue<Event> other) {
		Event first = one.peek();
		Event second = other.peek();
		return (second == null || (first != null && IN_ORDER.compare(first, second) < 0)) ? one : other;
	}

	private static boolean isDue(@Nullable Event event, long endNanos) {
		return event != null && event.due <= endNanos;
	}

	/**
	 * Let something happen.
	 * @param delay how long from now
	 * @param task what happens
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // its failure ends the simulation
	public void after(Duration delay, Runnable task) {
		schedule(task, delay);
	}

	/**
	 * Return the time from the start on.
	 * @return nanoseconds
	 */
	public long nanoTime() {
		return this.now;
	}

	@Override
	public void run(Runnable task) {
		after(Duration.ZERO, task);
	}

	@Override
	public Future<?> schedule(Runnable task, Duration delay) {
		Event event = new Event(task, this.now + delay.toNanos(), this.count++);
		queue(delay).add(event);
		return event;
	}

	private Queue<Event> queue(Duration delay) {
		if (delay.isZero()) {
			return this.immediate;
		}
		return delay.equals(this.timeout) ? this.timeouts : this.others;
	}

	/**
	 * Does nothing: an instance that is closed leaves time to the others.
	 */
	@Override
	public void close() {
	}

	@Override
	public long millis() {
		return START.toEpochMilli() + this.now / 1_000_000;
	}

	@Override
	public Instant instant() {
		return START.plusNanos(this.now);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return Clock.fixed(instant(), zone);
	}

	/**
	 * Stays in the queue when it is cancelled, and does nothing when its time comes.
	 */
	private static final class Event extends FutureTask<Void> {

		private final long due;

		private final long number;

		private Event(Runnable task, long due, long number) {
			super(task, null);
			this.due = due;
			this.number = number;
		}

		/**
		 * Nobody asks this future how it went: a failure ends the simulation.
		 */
		@Override
		protected void setException(Throwable ex) {
			throw new IllegalStateException("A task failed", ex);
		}

	}

}
