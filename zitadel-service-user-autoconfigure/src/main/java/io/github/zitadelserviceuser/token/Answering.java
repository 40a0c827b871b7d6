// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/**
 * Answers those who wait for one flight, one after the other on one thread. Where what
 * depends on an answer blocks, another thread goes on with the others after a moment.
 */
final class Answering implements Runnable {

	private static final Duration MOMENT = Duration.ofMillis(20);

	private final Queue<Wait> waits;

	private final Outcome outcome;

	private final OwnThreads threads;

	Answering(List<Wait> waits, Outcome outcome, OwnThreads threads) {
		this.waits = new ConcurrentLinkedQueue<>(waits);
		this.outcome = outcome;
		this.threads = threads;
	}

	@Override
	public void run() {
		Wait wait = this.waits.poll();
		Future<?> help = this.waits.isEmpty() ? null : callForHelp();
		while (wait != null) {
			wait.take(this.outcome);
			wait = this.waits.poll();
		}
		if (help != null) {
			help.cancel(false);
		}
	}

	private @Nullable Future<?> callForHelp() {
		try {
			return this.threads.schedule(this::help, MOMENT);
		}
		catch (Throwable ex) {
			// Closed just now, or no thread to be had: this one answers all.
			return null;
		}
	}

	private void help() {
		if (!this.waits.isEmpty()) {
			this.threads.runElsewhere(this);
		}
	}

}
