// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the requests of one test out of the next. A reset begins a generation; what a
 * request leaves behind, it leaves in the generation in which it arrived or not at all.
 */
final class Generations {

	private final ReadWriteLock lock = new ReentrantReadWriteLock();

	private long current;

	Arrival enter(LongSupplier arrival) {
		this.lock.readLock().lock();
		try {
			return new Arrival(this.current, arrival.getAsLong());
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	<T> @Nullable T ifStill(long generation, Supplier<T> work) {
		this.lock.readLock().lock();
		try {
			return (generation == this.current) ? work.get() : null;
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	void next(Runnable reset) {
		this.lock.writeLock().lock();
		try {
			this.current++;
			reset.run();
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	/**
	 * When a request arrived.
	 *
	 * @param generation the generation
	 * @param releases what had been released at its endpoint
	 */
	record Arrival(long generation, long releases) {

	}

}
