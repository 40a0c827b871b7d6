// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * The threads of one source of tokens, each of which knows that it is one.
 * <p>
 * The code of others (what depends on a future, a listener) runs on a thread on which
 * nothing else depends: not on the one that requests a token, and not on that of the
 * timer, which ends every wait.
 */
final class OwnThreads {

	private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

	private final BackgroundTasks tasks;

	OwnThreads(BackgroundTasks tasks) {
		this.tasks = tasks;
	}

	/**
	 * Return whether the calling thread is one of these.
	 * @return whether it must not wait for a token
	 */
	boolean isCurrent() {
		return this.threads.contains(Thread.currentThread());
	}

	FutureTask<?> attempt(Runnable attempt) {
		return new FutureTask<>(marked(attempt), null);
	}

	void run(FutureTask<?> attempt) {
		this.tasks.run(attempt);
	}

	/**
	 * Run the code of others. Where no thread is to be had for it, it runs here: the
	 * callers are answered all the same.
	 * @param task the task, which throws nothing
	 */
	void runElsewhere(Runnable task) {
		Runnable marked = marked(task);
		try {
			this.tasks.run(marked);
		}
		catch (RuntimeException | Error ex) {
			marked.run();
		}
	}

	Future<?> schedule(Runnable step, Duration delay) {
		return this.tasks.schedule(marked(step), delay);
	}

	private Runnable marked(Runnable step) {
		return () -> {
			boolean added = this.threads.add(Thread.currentThread());
			try {
				step.run();
			}
			finally {
				if (added) {
					this.threads.remove(Thread.currentThread());
				}
			}
		};
	}

}
