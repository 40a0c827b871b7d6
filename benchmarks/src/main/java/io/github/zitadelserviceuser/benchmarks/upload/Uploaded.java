// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.upload;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What uploads took, of one process and with one authorization.
 *
 * @param heap the bytes of the heap that were in use, at most
 * @param direct the bytes of direct buffers, at most
 * @param cpuNanos the CPU time of the whole process, all timed uploads together
 * @param nanos how long each of them took, in each round
 */
record Uploaded(long heap, long direct, long cpuNanos, List<Long> nanos) {

	private static final String LINE = "uploaded ";

	/**
	 * Read what {@link #line()} wrote.
	 * @param output what a process printed
	 * @return what its uploads took
	 */
	static List<Uploaded> parse(String output) {
		return output.lines().filter((line) -> line.startsWith(LINE)).map((line) -> {
			List<Long> figures = Stream.of(line.substring(LINE.length()).split(" ")).map(Long::valueOf).toList();
			return new Uploaded(figures.get(0), figures.get(1), figures.get(2), figures.subList(3, figures.size()));
		}).toList();
	}

	String line() {
		return LINE + Stream.concat(Stream.of(this.heap, this.direct, this.cpuNanos), this.nanos.stream())
			.map(String::valueOf)
			.collect(Collectors.joining(" "));
	}

	/**
	 * Return the throughput beside that of others, the median of what it is in each
	 * round, of which their mean counts.
	 * @param others uploads of the same rounds
	 * @return the ratio
	 */
	double throughputTo(List<Uploaded> others) {
		return IntStream.range(0, this.nanos.size())
			.mapToObj((round) -> mean(others, (other) -> other.nanos.get(round)) / this.nanos.get(round))
			.sorted()
			.toList()
			.get(this.nanos.size() / 2);
	}

	double cpuTo(List<Uploaded> others) {
		return this.cpuNanos / mean(others, Uploaded::cpuNanos);
	}

	private static double mean(List<Uploaded> uploads, ToLongFunction<Uploaded> figure) {
		return uploads.stream().mapToLong(figure).average().orElseThrow();
	}

	long medianNanos() {
		return this.nanos.stream().sorted().toList().get(this.nanos.size() / 2);
	}

}
