// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.upload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.github.zitadelserviceuser.benchmarks.library.ClientLibrary;
import io.github.zitadelserviceuser.benchmarks.report.Environment;
import io.github.zitadelserviceuser.benchmarks.report.PerformancePage;

/**
 * Uploads more than there is memory for, in a process for each client library, and writes
 * what that took beside the plain client into the documentation.
 *
 * @since 0.1.0
 */
public final class UploadMeasurement {

	private static final long MEBIBYTE = 1024 * 1024;

	private static final long SIZE = 300 * MEBIBYTE;

	private static final int HEAP = 96;

	private UploadMeasurement() {
	}

	/**
	 * Run the measurement.
	 * @param args the directory of the documentation, and {@code short} or {@code full}
	 * @throws IOException if a process cannot be started, or the results not be written
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		Environment environment = Environment.current();
		int rounds = "full".equals(args[1]) ? 45 : 9;
		StringBuilder table = new StringBuilder(
				"""
						| client | library | peak heap, MiB | added, KiB | noise | direct buffers, KiB | added | MiB a second | this library, to that | noise \
						| ms of CPU per 100 MiB | this library, to that | noise |
						|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
						""");
		for (Sender sender : Sender.values()) {
			for (ClientLibrary library : ClientLibrary.values()) {
				if (sender.supports(library)) {
					String row = row(sender, library, upload(sender, library, SIZE, rounds));
					System.out.print(row);
					table.append(row);
				}
			}
		}
		String content = table + String.format(Locale.ROOT,
				"""

						%d MiB each time, in processes of %d MiB of heap, to a server in another one. Figures are those of the plain client with a constant \
						header, and beside them what this library adds, or is to that; *noise* is what a second client with that header adds, or is to \
						the first. %d uploads of ours come between as many of the first and of the second, which are what their time is compared with: \
						%d rounds of them, and %d for the memory. All are medians, but processor time, which is that of the whole process, in all rounds together.
						""",
				SIZE / MEBIBYTE, HEAP, Uploads.IN_A_ROW, rounds, Uploads.WATCHED);
		new PerformancePage(Path.of(args[0])).replace("uploads", environment, content);
		System.out.println(content);
	}

	/**
	 * Upload in a process of its own.
	 * @param sender by which client, and as what
	 * @param library what sends it
	 * @param size how many bytes
	 * @param rounds how many times with each kind of authorization
	 * @return what that took: with a constant header, with this library, and with a
	 * constant header once more
	 * @throws IOException if the process cannot be started
	 * @throws InterruptedException if interrupted
	 */
	static List<Uploaded> upload(Sender sender, ClientLibrary library, long size, int rounds)
			throws IOException, InterruptedException {
		try (Sink sink = Sink.start(size, "Bearer token-1")) {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Xmx" + HEAP + "m", "-XX:+UseSerialGC", "-classpath", System.getProperty("java.class.path"),
					Uploads.class.getName(), sender.name(), library.name(), sink.uri().toString(), Long.toString(size),
					Integer.toString(rounds))
				.redirectErrorStream(true)
				.start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			int status = process.waitFor();
			if (status != 0 || sink.uploads() != Uploads.count(rounds)) {
				throw new IllegalStateException(sender.title() + ", " + library.title() + ": " + sink.uploads() + " of "
						+ Uploads.count(rounds) + " uploads came in, the others so: " + sink.complaints()
						+ "; the process ended with status " + status + ":\n" + output);
			}
			return Uploaded.parse(output);
		}
	}

	private static String row(Sender sender, ClientLibrary library, List<Uploaded> uploaded) {
		Uploaded constant = uploaded.get(0);
		Uploaded ours = uploaded.get(1);
		Uploaded again = uploaded.get(2);
		int uploads = ours.nanos().size() * Uploads.IN_A_ROW;
		return String.format(Locale.ROOT,
				"| %s | %s | %.2f | %+d | %+d | %,d | %+d | %,.0f | %.3f | %.3f | %.1f | %.3f | %.3f |%n",
				sender.title(), library.title(), mebibytes(constant.heap()), (ours.heap() - constant.heap()) / 1024,
				(again.heap() - constant.heap()) / 1024, constant.direct() / 1024,
				(ours.direct() - constant.direct()) / 1024, mebibytes(SIZE) * 1e9 / constant.medianNanos(),
				ours.throughputTo(List.of(constant, again)), again.throughputTo(List.of(constant)),
				constant.cpuNanos() / 1e6 / uploads / mebibytes(SIZE) * 100, ours.cpuTo(List.of(constant, again)),
				again.cpuTo(List.of(constant)));
	}

	private static double mebibytes(long bytes) {
		return (double) bytes / MEBIBYTE;
	}

}
