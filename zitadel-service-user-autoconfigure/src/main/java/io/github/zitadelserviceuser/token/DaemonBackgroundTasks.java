// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks on daemon threads that exist only while there is something to do: none
 * before the first token, none for long after one, none after {@link #close()}.
 *
 * @since 0.1.0
 */
public final class DaemonBackgroundTasks implements BackgroundTasks {

	private static final long IDLE_SECONDS = 5;

	private final ThreadPoolExecutor workers;

	private final ScheduledThreadPoolExecutor timer;

	/**
	 * Create new background tasks.
	 * @param name the prefix of the threads' names
	 */
	public DaemonBackgroundTasks(String name) {
		// Not bounded here: a source has one token request at a time and one task that
		// answers its callers, and a further thread only where one hangs. Of requests
		// that cannot be interrupted RefreshingTokenSource starts no more than a few.
		this.workers = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS,
				new SynchronousQueue<>(), new DaemonThreadFactory(name + "-"));
		this.timer = new ScheduledThreadPoolExecutor(1, new DaemonThreadFactory(name + "-timer-"));
		this.timer.setRemoveOnCancelPolicy(true);
		this.timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		this.timer.allowCoreThreadTimeOut(true);
	}

	@Override
	public void run(Runnable task) {
		this.workers.execute(task);
	}

	@Override
	public Future<?> schedule(Runnable task, Duration delay) {
		return this.timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
		this.workers.shutdownNow();
	}

	private static final class DaemonThreadFactory implements ThreadFactory {

		private final AtomicInteger count = new AtomicInteger();

		private final String prefix;

		// The loader of the application, not of whichever caller is the first to need a
		// thread: that one may be gone long before the thread is.
		private final ClassLoader contextClassLoader = DaemonThreadFactory.class.getClassLoader();

		private DaemonThreadFactory(String prefix) {
			this.prefix = prefix;
		}

		@Override
		public Thread newThread(Runnable task) {
			// Inherits no thread locals either, for the same reason.
			Thread thread = new Thread(null, task, this.prefix + this.count.incrementAndGet(), 0, false);
			thread.setDaemon(true);
			thread.setContextClassLoader(this.contextClassLoader);
			return thread;
		}

	}

}
