// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * Where token requests run, and what others do with their outcome, and what wakes up for
 * the next one. A parameter, so that a test decides when each task runs.
 * <p>
 * Any number of sources may share one: a task of one source, whatever it does, delays no
 * task of another.
 *
 * @since 0.1.0
 * @see DaemonBackgroundTasks
 */
public interface BackgroundTasks extends AutoCloseable {

	/**
	 * Run a task that may block, at once. A task that is stuck does not keep another from
	 * running.
	 * @param task the task, which throws nothing
	 * @throws RejectedExecutionException if no task is taken any more
	 */
	void run(Runnable task);

	/**
	 * Run a short task at a later time, which does not block and runs no code of others.
	 * @param task the task
	 * @param delay how long to wait, not by the wall clock
	 * @return a handle by which to cancel it
	 * @throws RejectedExecutionException if no task is taken any more
	 */
	Future<?> schedule(Runnable task, Duration delay);

	/**
	 * Interrupt what runs and forget what waits. This method does not wait for either.
	 */
	@Override
	void close();

}
