// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.herd;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zitadelserviceuser.benchmarks.holder.Holder;
import io.github.zitadelserviceuser.benchmarks.holder.StubEndpoint;

/**
 * Lets many callers ask at the same moment, while no token is held.
 */
final class Herd {

	private final AtomicInteger failed = new AtomicInteger();

	private final CountDownLatch gate = new CountDownLatch(1);

	private final CountDownLatch ready;

	private final CountDownLatch answered;

	private Herd(int blocking, int nonBlocking) {
		this.ready = new CountDownLatch(blocking);
		this.answered = new CountDownLatch(blocking + nonBlocking);
	}

	/**
	 * Run a herd.
	 * @param endpoint where tokens come from
	 * @param forThreads what those ask that block
	 * @param blocking how many block
	 * @param threads what starts their threads
	 * @param forOthers what the others ask
	 * @param nonBlocking how many don't block
	 * @return what came of it
	 * @throws InterruptedException if interrupted
	 */
	static Result run(StubEndpoint endpoint, Holder forThreads, int blocking, ThreadFactory threads, Holder forOthers,
			int nonBlocking) throws InterruptedException {
		Herd herd = new Herd(blocking, nonBlocking);
		for (int i = 0; i < blocking; i++) {
			threads.newThread(() -> herd.call(forThreads)).start();
		}
		herd.ready.await();
		int before = endpoint.requests();
		long startedAt = System.nanoTime();
		herd.gate.countDown();
		for (int i = 0; i < nonBlocking; i++) {
			herd.callLater(forOthers);
		}
		herd.answered.await();
		return new Result(Duration.ofNanos(System.nanoTime() - startedAt), endpoint.requests() - before,
				herd.failed.get());
	}

	private void call(Holder holder) {
		this.ready.countDown();
		try {
			this.gate.await();
			holder.token();
		}
		catch (Exception ex) {
			this.failed.incrementAndGet();
		}
		this.answered.countDown();
	}

	private void callLater(Holder holder) {
		holder.tokenLater().subscribe((token) -> this.answered.countDown(), (ex) -> {
			this.failed.incrementAndGet();
			this.answered.countDown();
		});
	}

	/**
	 * What came of it.
	 *
	 * @param time the time until the last caller had its answer
	 * @param requests the token requests made
	 * @param failed the callers without a token
	 */
	record Result(Duration time, int requests, int failed) {

	}

}
