// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.start;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * What a start took.
 *
 * @param millis the time until the application was ready
 * @param cpu the milliseconds of a processor that the process had taken by then
 * @param classes the classes loaded
 * @param beans the beans there are
 * @param requests the requests it made
 */
record Start(long millis, long cpu, long classes, long beans, long requests) {

	/**
	 * Read the line that an application has written.
	 * @param line the line
	 * @param requests the requests it made
	 * @return what it says
	 */
	static Start of(String line, int requests) {
		String[] figures = line.split(" ", -1);
		return new Start(Long.parseLong(figures[1]), Long.parseLong(figures[2]), Long.parseLong(figures[3]),
				Long.parseLong(figures[4]), requests);
	}

	static long median(List<Start> starts, ToLongFunction<Start> figure) {
		long[] sorted = starts.stream().mapToLong(figure).sorted().toArray();
		return sorted[sorted.length / 2];
	}

	/**
	 * Return what starts take to what others take, each to the one of the same round:
	 * what else the machine did then was the same for both.
	 * @param starts the starts
	 * @param others the others
	 * @param figure what to compare
	 * @return the median of the ratios
	 */
	static String ratio(List<Start> starts, List<Start> others, ToLongFunction<Start> figure) {
		double[] sorted = IntStream.range(0, starts.size())
			.mapToDouble((i) -> (double) figure.applyAsLong(starts.get(i)) / figure.applyAsLong(others.get(i)))
			.sorted()
			.toArray();
		return String.format(Locale.ROOT, "%.2f", sorted[sorted.length / 2]);
	}

}
