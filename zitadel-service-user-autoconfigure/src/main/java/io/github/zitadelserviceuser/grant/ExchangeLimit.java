// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;

import io.github.zitadelserviceuser.token.BackgroundTasks;
import org.jspecify.annotations.Nullable;

/**
 * Watches an exchange from another thread, and cuts it off when its time is over or its
 * own thread was interrupted, which that thread may be unable to see: a read of a socket
 * ignores it, and Spring's blocking view of a reactive body spins on it.
 */
final class ExchangeLimit {

	/**
	 * Most exchanges are over by the first look or the second.
	 */
	private static final Duration INTERVAL = Duration.ofMillis(100);

	private final Thread thread = Thread.currentThread();

	private final long startedAt = System.nanoTime();

	private final Duration limit;

	private final BackgroundTasks tasks;

	private @Nullable Runnable abort;

	private @Nullable Runnable aborted;

	private @Nullable Future<?> look;

	private boolean over;

	private boolean interrupted;

	private boolean ended;

	ExchangeLimit(Duration limit, BackgroundTasks tasks) {
		this.limit = limit;
		this.tasks = tasks;
	}

	/**
	 * Say how the exchange is cut off from now on. That is called by a thread of its own,
	 * since to close may be to wait for the one that reads.
	 * @param abort cuts the exchange off
	 */
	synchronized void watch(Runnable abort) {
		this.abort = abort;
		if (this.look == null) {
			this.look = this.tasks.schedule(this::look, untilNextLook());
		}
	}

	/**
	 * No later than when the time is over: about then its thread is interrupted as well,
	 * by whoever waits for it, and a thread that spins takes all of a processor.
	 * @return how long to wait for the next look
	 */
	private Duration untilNextLook() {
		Duration left = this.limit.minusNanos(System.nanoTime() - this.startedAt);
		if (this.over || left.compareTo(INTERVAL) > 0) {
			return INTERVAL;
		}
		return left.isNegative() ? Duration.ZERO : left;
	}

	@SuppressWarnings("ReferenceEquality") // which of the exchange's, and not what
	private synchronized void look() {
		if (this.ended) {
			return;
		}
		this.over = System.nanoTime() - this.startedAt >= this.limit.toNanos();
		Runnable abort = this.abort;
		if (abort != null && abort != this.aborted && (this.over || this.thread.isInterrupted())) {
			this.aborted = abort;
			this.tasks.run(abort);
		}
		// Nothing is left to be done for an answer that was cut off, which whoever has it
		// may forget to close.
		this.look = (this.over && abort == this.aborted) ? null : this.tasks.schedule(this::look, untilNextLook());
	}

	/**
	 * Interrupt the thread of the exchange as long as it is in it.
	 */
	synchronized void interrupt() {
		if (!this.ended && !this.thread.isInterrupted()) {
			this.interrupted = true;
			this.thread.interrupt();
		}
	}

	/**
	 * Return what to throw in place of what the library threw.
	 * @param thrown what the library threw
	 * @return the same, or that the time is over
	 */
	IOException toTell(Exception thrown) {
		if (isOver() && !(thrown instanceof SocketTimeoutException)) {
			SocketTimeoutException overdue = overdue();
			overdue.initCause(thrown);
			return overdue;
		}
		if (thrown instanceof RuntimeException ex) {
			throw ex;
		}
		return (IOException) thrown;
	}

	void check() throws IOException {
		if (isOver()) {
			throw overdue();
		}
		if (this.thread.isInterrupted()) {
			throw new InterruptedIOException("Interrupted while reading the answer");
		}
	}

	synchronized void end() {
		this.ended = true;
		if (this.look != null) {
			this.look.cancel(false);
		}
		if (this.interrupted) {
			this.interrupted = false;
			Thread.interrupted();
		}
	}

	private synchronized boolean isOver() {
		return this.over;
	}

	private SocketTimeoutException overdue() {
		return new SocketTimeoutException("The answer was not complete after " + this.limit.toMillis() + " ms");
	}

}
