// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.observation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.github.zitadelserviceuser.token.BackgroundTasks;
import io.github.zitadelserviceuser.token.RefreshPolicy;

/**
 * Runs each task on a thread of its own and waits for it. A task that is to run later
 * runs at once, unless it is the one that ends a flight.
 */
public final class OtherThreadTasks implements BackgroundTasks {

	@Override
	public void run(Runnable task) {
		Thread thread = new Thread(task, "other");
		thread.start();
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public Future<?> schedule(Runnable task, Duration delay) {
		if (delay.compareTo(RefreshPolicy.defaults().tokenTimeout()) < 0) {
			run(task);
		}
		return new CompletableFuture<>();
	}

	@Override
	public void close() {
	}

}
