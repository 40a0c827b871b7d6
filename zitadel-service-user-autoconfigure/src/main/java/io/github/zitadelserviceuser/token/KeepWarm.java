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

	private final BackgroundTasks tasks;

	private final Clocks clocks;

	private final Runnable call;

	private volatile @Nullable Future<?> wakeUp;

	KeepWarm(boolean on, CurrentState state, BackgroundTasks tasks, Clocks clocks, Runnable call) {
		this.on = on;
		this.state = state;
		this.tasks = tasks;
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
		Future<?> earlier = this.wakeUp;
		if (earlier != null) {
			earlier.cancel(false);
		}
		try {
			this.wakeUp = this.tasks.schedule(this::wakeUp,
					current.untilRefresh(this.clocks.millis(), this.clocks.nanos()));
		}
		catch (RuntimeException | Error ex) {
			// Closed just now, or no thread to be had: the next flight tries again.
			this.wakeUp = null;
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
