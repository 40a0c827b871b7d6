// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.life;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import io.github.zitadelserviceuser.benchmarks.holder.Holder;

/**
 * Calls at a steady rate, whatever becomes of them: one that is slow holds up no other.
 * How long each took is kept.
 */
final class Calls {

	private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(1);

	// Twice of what is under way if every call takes half a second.
	private static final int THREADS = 1_000;

	private final AtomicInteger failed = new AtomicInteger();

	private final long[] nanos;

	private final CountDownLatch answered;

	private volatile long startedAt;

	private Calls(Duration duration) {
		this.nanos = new long[(int) duration.toMillis()];
		this.answered = new CountDownLatch(this.nanos.length);
	}

	/**
	 * Make 1,000 calls a second.
	 * @param holder what is asked for a token
	 * @param blocking whether by a thread that waits
	 * @param duration for how long
	 * @return the calls
	 * @throws InterruptedException if interrupted
	 */
	static Calls make(Holder holder, boolean blocking, Duration duration) throws InterruptedException {
		Calls calls = new Calls(duration);
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		if (blocking) {
			warmUp(threads);
		}
		calls.startedAt = System.nanoTime();
		for (int i = 0; i < calls.nanos.length; i++) {
			long at = calls.startedAt + i * INTERVAL;
			while (System.nanoTime() - at < 0) {
				LockSupport.parkNanos(at - System.nanoTime());
			}
			int number = i;
			if (blocking) {
				threads.execute(() -> calls.call(holder, number));
			}
			else {
				calls.callLater(holder, number);
			}
		}
		calls.answered.await();
		threads.shutdownNow();
		return calls;
	}

	// So that the threads are there before the first call.
	private static void warmUp(ExecutorService threads) throws InterruptedException {
		CountDownLatch started = new CountDownLatch(THREADS);
		for (int i = 0; i < THREADS; i++) {
			threads.execute(started::countDown);
		}
		started.await();
	}

	private void call(Holder holder, int number) {
		long startedAt = System.nanoTime();
		try {
			holder.token();
		}
		catch (Exception ex) {
			this.failed.incrementAndGet();
		}
		end(number, startedAt);
	}

	private void callLater(Holder holder, int number) {
		long startedAt = System.nanoTime();
		holder.tokenLater().subscribe((token) -> end(number, startedAt), (ex) -> {
			this.failed.incrementAndGet();
			end(number, startedAt);
		});
	}

	private void end(int number, long startedAt) {
		this.nanos[number] = System.nanoTime() - startedAt;
		this.answered.countDown();
	}

	int failed() {
		return this.failed.get();
	}

	int count() {
		return this.nanos.length;
	}

	/**
	 * Return which call was made at a time, or would have been.
	 * @param nanoTime the time
	 * @return the number of milliseconds since the first call
	 */
	int at(long nanoTime) {
		return Math.toIntExact((nanoTime - this.startedAt) / INTERVAL);
	}

	/**
	 * Return how long some of the calls took.
	 * @param which which ones, by the millisecond
	 * @return nanoseconds, in ascending order
	 */
	long[] sorted(IntPredicate which) {
		return IntStream.range(0, this.nanos.length).filter(which).mapToLong((i) -> this.nanos[i]).sorted().toArray();
	}

	/**
	 * Return how long the slowest call took.
	 * @param from the first millisecond to look at
	 * @param to the first one not to look at
	 * @return nanoseconds
	 */
	long slowest(int from, int to) {
		return Arrays.stream(this.nanos, from, to).max().orElse(0);
	}

	/**
	 * Return what one call in a thousand exceeds.
	 * @param from the first millisecond to look at
	 * @param to the first one not to look at
	 * @return nanoseconds
	 */
	long percentile999(int from, int to) {
		long[] sorted = Arrays.stream(this.nanos, from, to).sorted().toArray();
		return sorted[(int) Math.ceil(sorted.length * 0.999) - 1];
	}

	int slowerThan(long limit) {
		return (int) Arrays.stream(this.nanos).filter((nanos) -> nanos > limit).count();
	}

}
