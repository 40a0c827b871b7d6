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

	private final Set<Running> running = ConcurrentHashMap.newKeySet();

	private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	OwnTasks(BackgroundTasks shared) {
		this.shared = shared;
	}

	@Override
	public void run(Runnable task) {
		requireOpen();
		Running running = new Running(task);
		this.running.add(running);
		try {
			this.shared.run(running);
		}
		catch (RuntimeException | Error ex) {
			this.running.remove(running);
			throw ex;
		}
	}

	@Override
	public Future<?> schedule(Runnable task, Duration delay) {
		Waiting waiting = new Waiting(task);
		this.waiting.add(waiting);
		try {
			// Added first and looked at then: whoever closes meanwhile finds it, or is
			// seen here.
			requireOpen();
			waiting.timer = this.shared.schedule(waiting, delay);
		}
		catch (RuntimeException | Error ex) {
			waiting.cancel(false);
			throw ex;
		}
		if (waiting.isCancelled()) {
			waiting.forgetTimer();
		}
		return waiting;
	}

	/**
	 * What was to run runs all the same, though interrupted: it may be what tells others
	 * that this is closed.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.waiting.forEach((task) -> task.cancel(false));
		this.running.forEach(Running::interrupt);
	}

	private void requireOpen() {
		if (this.closed) {
			throw new RejectedExecutionException("The service user is closed");
		}
	}

	/**
	 * A task on a thread of its own, which is interrupted for it and for no later one.
	 */
	private final class Running implements Runnable {

		private final Runnable task;

		private @Nullable Thread thread;

		private Running(Runnable task) {
			this.task = task;
		}

		@Override
		public void run() {
			on(Thread.currentThread());
			try {
				this.task.run();
			}
			finally {
				on(null);
				OwnTasks.this.running.remove(this);
			}
		}

		private synchronized void on(@Nullable Thread thread) {
			this.thread = thread;
		}

		private synchronized void interrupt() {
			if (this.thread != null) {
				this.thread.interrupt();
			}
		}

	}

	/**
	 * A task for later, which is forgotten when it has run or is cancelled.
	 */
	private final class Waiting extends FutureTask<@Nullable Void> {

		private volatile @Nullable Future<?> timer;

		private Waiting(Runnable task) {
			super(task, null);
		}

		@Override
		protected void done() {
			OwnTasks.this.waiting.remove(this);
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
