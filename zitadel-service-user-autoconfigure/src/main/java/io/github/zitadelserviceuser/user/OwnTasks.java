// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

import io.github.zitadelserviceuser.token.BackgroundTasks;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one service user, on threads that several share: closing ends these tasks
 * and leaves those of the others, and the threads, as they are.
 */
final class OwnTasks implements BackgroundTasks {

	private final BackgroundTasks shared;

	private final Set<OwnTask> unfinished = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	OwnTasks(BackgroundTasks shared) {
		this.shared = shared;
	}

	@Override
	public void run(Runnable task) {
		OwnTask own = new OwnTask(task);
		add(own);
		try {
			this.shared.run(own);
		}
		catch (RuntimeException | Error ex) {
			own.cancel(false);
			throw ex;
		}
	}

	@Override
	public Future<?> schedule(Runnable task, Duration delay) {
		OwnTask own = new OwnTask(task);
		add(own);
		try {
			own.timer = this.shared.schedule(own, delay);
		}
		catch (RuntimeException | Error ex) {
			own.cancel(false);
			throw ex;
		}
		if (own.isCancelled()) {
			own.forgetTimer();
		}
		return own;
	}

	@Override
	public void close() {
		this.closed = true;
		this.unfinished.forEach((task) -> task.cancel(true));
	}

	// Added first and looked at then: whoever closes meanwhile finds it, or is seen here.
	private void add(OwnTask task) {
		this.unfinished.add(task);
		if (this.closed) {
			task.cancel(false);
			throw new RejectedExecutionException("The service user is closed");
		}
	}

	/**
	 * A task that is forgotten when it has ended, or is cancelled.
	 */
	private final class OwnTask extends FutureTask<@Nullable Void> {

		private volatile @Nullable Future<?> timer;

		private OwnTask(Runnable task) {
			super(task, null);
		}

		@Override
		protected void done() {
			OwnTasks.this.unfinished.remove(this);
			if (isCancelled()) {
				forgetTimer();
			}
		}

		// Or the timer would hold on to it, and to the service user, until it is due.
		private void forgetTimer() {
			Future<?> timer = this.timer;
			if (timer != null) {
				timer.cancel(false);
			}
		}

	}

}
