// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.herd;

import java.lang.reflect.Method;
import java.util.concurrent.ThreadFactory;

import org.jspecify.annotations.Nullable;

/**
 * What the callers of a herd are.
 */
enum Callers {

	PLATFORM("platform threads", true, false),

	VIRTUAL("virtual threads", true, false),

	REACTIVE("reactive", false, true),

	MIXED("half platform threads, half reactive", true, true);

	private final String title;

	private final boolean blocking;

	private final boolean nonBlocking;

	Callers(String title, boolean blocking, boolean nonBlocking) {
		this.title = title;
		this.blocking = blocking;
		this.nonBlocking = nonBlocking;
	}

	String title() {
		return this.title;
	}

	boolean areBlocking() {
		return this.blocking;
	}

	boolean areNonBlocking() {
		return this.nonBlocking;
	}

	/**
	 * Return what starts the threads of those that block.
	 * @return the factory, or {@code null} if this machine has no such threads
	 */
	@Nullable ThreadFactory threads() {
		return (this == VIRTUAL) ? virtualThreads() : Thread::new;
	}

	private static @Nullable ThreadFactory virtualThreads() {
		try {
			// In the library from 21 on, and this is built for 17.
			Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
			Method unstarted = Class.forName("java.lang.Thread$Builder").getMethod("unstarted", Runnable.class);
			return (task) -> unstarted(unstarted, builder, task);
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

	private static Thread unstarted(Method method, Object builder, Runnable task) {
		try {
			return (Thread) method.invoke(builder, task);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("No virtual thread", ex);
		}
	}

}
