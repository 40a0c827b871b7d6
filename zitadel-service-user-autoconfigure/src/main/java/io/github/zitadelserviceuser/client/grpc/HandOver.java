// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client.grpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Passes on what follows when a token has come, away from the thread that came with it:
 * what a call does there would hold up all others that wait for a token. An executor
 * alone does not see to that, since it may run what it is given at once.
 */
final class HandOver {

	private HandOver() {
	}

	/**
	 * Run a task on an executor, but never on the calling thread.
	 * @param executor the executor
	 * @param task the task
	 * @throws java.util.concurrent.RejectedExecutionException if the executor does not
	 * take it
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // what fails is told to the caller
	static void to(Executor executor, Runnable task) {
		Thread caller = Thread.currentThread();
		executor.execute(() -> {
			if (Thread.currentThread().equals(caller)) {
				CompletableFuture.runAsync(task);
			}
			else {
				task.run();
			}
		});
	}

}
