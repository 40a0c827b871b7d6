// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.life;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.github.zitadelserviceuser.benchmarks.holder.Holder;

/**
 * Holds what never ends, and has one call start a thread, as whoever refreshes in the
 * background has to that keeps none for it.
 */
final class ThreadHolder implements Holder {

	private final AtomicBoolean started = new AtomicBoolean();

	private final long dueAt;

	private final Duration work;

	/**
	 * Create a new holder.
	 * @param due when the thread is started, from now on
	 * @param work how long the thread waits for something
	 */
	ThreadHolder(Duration due, Duration work) {
		this.dueAt = System.nanoTime() + due.toNanos();
		this.work = work;
	}

	@Override
	public Object token() {
		if (System.nanoTime() - this.dueAt >= 0 && this.started.compareAndSet(false, true)) {
			Thread thread = new Thread(() -> LockSupport.parkNanos(this.work.toNanos()), "refresh");
			thread.setDaemon(true);
			thread.start();
		}
		return "token";
	}

}
