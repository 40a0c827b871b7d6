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

package io.github.zitadelserviceuser.autoconfigure;

import org.springframework.context.SmartLifecycle;

/**
 * Verifies the service user before the application is ready: all singletons are there,
 * and nothing that accepts or fetches work has started, neither a web server nor a
 * listener to messages.
 * <p>
 * A lifecycle, since a training run for CDS or an AOT cache
 * ({@code spring.context.exit=onRefresh}) ends before the first one starts, and needs no
 * ZITADEL.
 */
final class ServiceUserVerificationLifecycle implements SmartLifecycle {

	private final boolean enabled;

	private final Runnable verification;

	private volatile boolean running;

	ServiceUserVerificationLifecycle(boolean enabled, Runnable verification) {
		this.enabled = enabled;
		this.verification = verification;
	}

	@Override
	public void start() {
		if (this.enabled) {
			this.verification.run();
		}
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	// A test context that is paused and resumed does not start anew.
	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

}
