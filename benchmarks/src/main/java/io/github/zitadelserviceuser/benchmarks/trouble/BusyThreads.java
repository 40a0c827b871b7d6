// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.trouble;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Threads that run, or wait for something in particular. One that waits for work in its
 * pool, or for whatever happens on any connection, is at rest. Those of the endpoint do
 * not count.
 */
final class BusyThreads {

	private static final Pattern AT_REST = Pattern.compile("java.util.concurrent.ThreadPoolExecutor.getTask"
			+ "|java.util.concurrent.ForkJoinPool.awaitWork|sun.nio.ch.SelectorImpl.(select|lockAndDoSelect)"
			+ "|io.netty.channel.epoll.Native.epollWait|io.netty.util.concurrent.SingleThreadEventExecutor.takeTask"
			+ "|io.netty.util.HashedWheelTimer.Worker.waitForNextTick"
			+ "|org.eclipse.jetty.util.thread.QueuedThreadPool.Runner.idleJobPoll"
			+ "|org.eclipse.jetty.util.thread.ReservedThreadExecutor.ReservedThread.(reservedWait|waitForTask)"
			+ "|sun.net.www.http.KeepAliveCache.run");

	/** By the JDK, for connections that it hopes to keep. */
	private static final String READS_ON = "sun.net.www.http.KeepAliveStreamCleaner";

	private final Set<Thread> before;

	private BusyThreads(Set<Thread> before) {
		this.before = before;
	}

	/**
	 * Look at those that are busy now.
	 * @return what is not to be counted later
	 */
	static BusyThreads now() {
		return new BusyThreads(busy().collect(Collectors.toSet()));
	}

	/**
	 * Look at those that are busy now and were not before.
	 * @return their names
	 */
	List<String> more() {
		return busy().filter((thread) -> !this.before.contains(thread)).map(Thread::getName).sorted().toList();
	}

	private static Stream<Thread> busy() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((thread) -> !thread.getKey().getName().startsWith(TroubledEndpoint.THREADS))
			.filter((thread) -> thread.getValue().length > 0 && !isAtRest(thread.getValue()))
			.map(Map.Entry::getKey);
	}

	private static boolean isAtRest(StackTraceElement[] stack) {
		boolean reads = stack[0].getClassName().startsWith("sun.nio.ch.");
		return Arrays.stream(stack)
			.anyMatch((frame) -> AT_REST.matcher(frame.getClassName().replace('$', '.') + "." + frame.getMethodName())
				.matches() || (!reads && frame.getClassName().equals(READS_ON)));
	}

}
