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

package io.github.zitadelserviceuser.metrics;

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
