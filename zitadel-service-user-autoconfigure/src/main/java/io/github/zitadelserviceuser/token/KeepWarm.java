// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/**
 * With {@link RefreshPolicy#keepWarm()}, be a caller at the moment when one would cause a
 * flight.
 */
final class KeepWarm {

	private final boolean on;

	private final CurrentState state;

	private final OwnThreads threads;

	private final Clocks clocks;

	private final Runnable call;

	private volatile @Nullable Future<?> wakeUp;

	KeepWarm(boolean on, CurrentState state, OwnThreads threads, Clocks clocks, Runnable call) {
		this.on = on;
		this.state = state;
		this.threads = threads;
		this.clocks = clocks;
		this.call = call;
	}

	/**
	 * Set the next wake-up. This comes ahead of the listeners, who may take their time.
	 */
	void wakeUpWhenDue() {
		TokenState current = this.state.get();
		if (!this.on || current.closed() || current.flight() != null) {
			return;
		}
		stop();
		try {
			this.wakeUp = this.threads.schedule(this::wakeUp,
					current.untilRefresh(this.clocks.millis(), this.clocks.nanos()));
		}
		catch (Throwable ex) {
			// Closed just now, or no thread to be had: the next flight tries again.
			this.wakeUp = null;
		}
	}

	void stop() {
		Future<?> wakeUp = this.wakeUp;
		if (wakeUp != null) {
			wakeUp.cancel(false);
		}
	}

	/**
	 * A flight that this starts sees to the next wake-up when it ends. There is none
	 * where the clock was set back meanwhile, so that it is still too early.
	 */
	private void wakeUp() {
		this.call.run();
		wakeUpWhenDue();
	}

}
