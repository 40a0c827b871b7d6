// SPDX-License-Identifier: Apache-2.0

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

	private final Runnable verification;

	private volatile boolean running;

	ServiceUserVerificationLifecycle(Runnable verification) {
		this.verification = verification;
	}

	@Override
	public void start() {
		this.verification.run();
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
