/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
