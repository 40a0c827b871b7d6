// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.upload;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;

/**
 * Watches an upload for the most memory that it needs at once. The garbage does not
 * count, so there are collections while the body is sent: more of them at the beginning,
 * where a small body would be kept to be sent again.
 */
final class PeakMemory implements LongConsumer {

	private static final long BEGINNING = 512 * 1024;

	private static final long STEP = 20 * 1024 * 1024;

	private static final Set<String> HEAP = ManagementFactory.getMemoryPoolMXBeans()
		.stream()
		.filter((pool) -> pool.getType() == MemoryType.HEAP)
		.map(MemoryPoolMXBean::getName)
		.collect(Collectors.toUnmodifiableSet());

	private final long size;

	private long next;

	private long heap;

	private long direct;

	PeakMemory(long size) {
		this.size = size;
	}

	@Override
	public void accept(long position) {
		if (position >= this.next) {
			look();
			this.next = Math.min(position + ((position < BEGINNING) ? BEGINNING / 8 : STEP),
					(position < this.size) ? this.size : Long.MAX_VALUE);
		}
	}

	long heap() {
		return this.heap;
	}

	long direct() {
		return this.direct;
	}

	private void look() {
		System.gc();
		this.heap = Math.max(this.heap, heapAfterCollection());
		this.direct = Math.max(this.direct,
				ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
					.stream()
					.filter((pool) -> pool.getName().equals("direct"))
					.mapToLong(BufferPoolMXBean::getMemoryUsed)
					.sum());
	}

	// What the other threads have made since then is none of it.
	private static long heapAfterCollection() {
		List<GarbageCollectorMXBean> collectors = ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);
		Map<String, MemoryUsage> pools = collectors.stream()
			.map(GarbageCollectorMXBean::getLastGcInfo)
			.filter((info) -> info != null)
			.max(Comparator.comparingLong(GcInfo::getEndTime))
			.orElseThrow()
			.getMemoryUsageAfterGc();
		return pools.entrySet()
			.stream()
			.filter((pool) -> HEAP.contains(pool.getKey()))
			.mapToLong((pool) -> pool.getValue().getUsed())
			.sum();
	}

}
