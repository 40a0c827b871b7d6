// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Threads that call out of all applications in turn, again and again.
 */
final class Callers {

	private static final long PACE_NANOS = 500_000;

	private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(30);

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean stopped;

	void start(int count, List<SoakApplication> applications, Consumer<SoakApplication> calls) {
		for (int i = 0; i < count; i++) {
			int first = i;
			Thread thread = new Thread(() -> {
				for (int next = first; !this.stopped; next++) {
					calls.accept(applications.get(next % applications.size()));
					LockSupport.parkNanos(PACE_NANOS);
				}
			}, "caller-" + this.threads.size());
			thread.setDaemon(true);
			this.threads.add(thread);
			thread.start();
		}
	}

	/**
	 * Let the threads finish what they are at.
	 * @return the number of those that did not
	 */
	int stop() throws InterruptedException {
		this.stopped = true;
		int stuck = 0;
		for (Thread thread : this.threads) {
			thread.join(PATIENCE_MILLIS);
			stuck += thread.isAlive() ? 1 : 0;
		}
		return stuck;
	}

}
