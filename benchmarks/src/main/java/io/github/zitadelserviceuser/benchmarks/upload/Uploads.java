// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.upload;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import com.sun.management.OperatingSystemMXBean;
import io.github.zitadelserviceuser.benchmarks.call.Authorization;
import io.github.zitadelserviceuser.benchmarks.library.ClientLibrary;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.apache.commons.logging.LogFactory;

/**
 * A process that uploads by one client library, and says what that took.
 *
 * @since 0.1.0
 */
public final class Uploads {

	// Between two of what it is compared with, so that what changes by and by does not
	// count; and what lies between those two is noise.
	static final List<Authorization> KINDS = List.of(Authorization.CONSTANT_HEADER, Authorization.SERVICE_USER,
			Authorization.CONSTANT_HEADER);

	// The CPU time of a process is counted in hundredths of a second, and an upload takes
	// only a few of them.
	static final int IN_A_ROW = 3;

	static final int WATCHED = 3;

	// The first ones are for the compiler.
	private static final int WARM_UP = 2;

	private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private final List<Sender.Upload> uploads;

	private final long size;

	private Uploads(List<Sender.Upload> uploads, long size) {
		this.uploads = uploads;
		this.size = size;
	}

	/**
	 * Return how many uploads there are.
	 * @param rounds how many rounds are timed
	 * @return the number
	 */
	static int count(int rounds) {
		return ((WARM_UP + rounds) * IN_A_ROW + WATCHED) * KINDS.size();
	}

	/**
	 * Upload, and print what that took.
	 * @param args how the body is sent, the library, where to, how many bytes, and how
	 * many rounds are timed
	 */
	public static void main(String[] args) {
		long size = Long.parseLong(args[3]);
		RefreshingTokenSource tokens = RefreshingTokenSource
			.builder(() -> new TokenResponse("token-1", Duration.ofHours(12)))
			.build();
		Function<Authorization, Sender.Upload> uploads = Sender.valueOf(args[0])
			.uploads(ClientLibrary.valueOf(args[1]), tokens, URI.create(args[2]), new GeneratedBody(size));
		int status = 1;
		try {
			new Uploads(KINDS.stream().map(uploads).toList(), size).run(Integer.parseInt(args[4]))
				.forEach((uploaded) -> System.out.println(uploaded.line()));
			status = 0;
		}
		catch (RuntimeException ex) {
			LogFactory.getLog(Uploads.class).error("not done", ex);
		}
		finally {
			System.out.flush();
			// Whatever threads a library has left.
			Runtime.getRuntime().halt(status);
		}
	}

	private List<Uploaded> run(int rounds) {
		List<List<Long>> nanos = this.uploads.stream().map((upload) -> (List<Long>) new ArrayList<Long>()).toList();
		long[] cpuNanos = time(rounds, nanos);
		List<PeakMemory> peaks = watch();
		return IntStream.range(0, cpuNanos.length)
			.mapToObj((kind) -> new Uploaded(peaks.get(kind).heap(), peaks.get(kind).direct(), cpuNanos[kind],
					nanos.get(kind)))
			.toList();
	}

	private long[] time(int rounds, List<List<Long>> nanos) {
		long[] cpuNanos = new long[this.uploads.size()];
		for (int round = -WARM_UP; round < rounds; round++) {
			for (int turn = 0; turn < cpuNanos.length; turn++) {
				// Backwards and forwards, so that none comes after the same one always.
				int kind = (round % 2 == 0) ? turn : cpuNanos.length - 1 - turn;
				long cpuBefore = this.process.getProcessCpuTime();
				long startedAt = System.nanoTime();
				for (int i = 0; i < IN_A_ROW; i++) {
					this.uploads.get(kind).send((position) -> {
					});
				}
				long took = System.nanoTime() - startedAt;
				if (round >= 0) {
					nanos.get(kind).add(took / IN_A_ROW);
					cpuNanos[kind] += this.process.getProcessCpuTime() - cpuBefore;
				}
			}
		}
		return cpuNanos;
	}

	private List<PeakMemory> watch() {
		List<List<PeakMemory>> peaks = this.uploads.stream()
			.map((upload) -> (List<PeakMemory>) new ArrayList<PeakMemory>())
			.toList();
		for (int round = 0; round < WATCHED; round++) {
			for (int kind = 0; kind < peaks.size(); kind++) {
				PeakMemory peak = new PeakMemory(this.size);
				this.uploads.get(kind).send(peak);
				peaks.get(kind).add(peak);
			}
		}
		// The first one to have to wait for collections has more under way.
		return peaks.stream()
			.map((kind) -> kind.stream().sorted(Comparator.comparingLong(PeakMemory::heap)).toList().get(WATCHED / 2))
			.toList();
	}

}
