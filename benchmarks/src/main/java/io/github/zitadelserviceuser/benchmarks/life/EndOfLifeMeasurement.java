// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.life;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import io.github.zitadelserviceuser.benchmarks.holder.Holder;
import io.github.zitadelserviceuser.benchmarks.holder.HolderKind;
import io.github.zitadelserviceuser.benchmarks.holder.StubEndpoint;
import io.github.zitadelserviceuser.benchmarks.holder.Timing;
import io.github.zitadelserviceuser.benchmarks.report.Environment;
import io.github.zitadelserviceuser.benchmarks.report.PerformancePage;

/**
 * Calls 1,000 times a second while a token comes to its end and the token endpoint takes
 * half a second, and writes how long calls took into the documentation.
 *
 * @since 0.1.0
 */
public final class EndOfLifeMeasurement {

	private static final Duration LATENCY = Duration.ofMillis(500);

	// When the others ask for another token. A lifetime that depends on nothing else
	// gives this library the same place between 75 % and 80 % of it.
	private static final Duration REFRESH = Duration.ofSeconds(9);

	private static final Duration OWN_LIFETIME = Duration.ofSeconds(12);

	private static final Duration DURATION = Duration.ofSeconds(14);

	private static final Duration STEADY_FROM = Duration.ofSeconds(3);

	private static final Duration STEADY_TO = Duration.ofSeconds(8);

	private static final String THREAD = "nothing but the start of a thread";

	private static final String NOTE = """
			1,000 calls a second, for 14 s; the token endpoint takes 500 ms. The first token lives as long as makes each \
			ask for another one after about 9 s: 12 s for this library, 9 s more than the settings say for the others; \
			later ones live 12 hours. *Before* is from 3 s to 8 s, the *end* from 8 s on. The AWS cache goes without its \
			random delay of the prefetch of up to 3 min, which would be longer than what is looked at. Only the call for \
			the token is timed, since the call to the resource is the same for all. Where no call waits there are more \
			runs: *slowest* is the median of what it was in each, with the least and the most, and *99.9 %* is the \
			most of all runs.
			""";

	private EndOfLifeMeasurement() {
	}

	/**
	 * Run the measurement.
	 * @param args the directory of the documentation, and {@code short} or {@code full}
	 * @throws Exception if it fails
	 */
	public static void main(String[] args) throws Exception {
		Environment environment = Environment.current();
		int factor = "full".equals(args[1]) ? 3 : 1;
		Map<String, List<Run>> runs = new LinkedHashMap<>();
		for (HolderKind kind : HolderKind.values()) {
			boolean waits = kind != HolderKind.SERVICE_USER && kind != HolderKind.AWS_NON_BLOCKING;
			runs.put(kind.title(), repeat(factor * (waits ? 1 : 5), () -> run(kind)));
		}
		runs.put(THREAD, repeat(factor * 5, EndOfLifeMeasurement::runThread));
		StringBuilder table = new StringBuilder("""
				| | runs | before: 99.9 % | slowest | at the end: 99.9 % | slowest | calls over 100 ms | failed \
				| token requests of a run |
				|---|--:|--:|--:|--:|--:|--:|--:|--:|
				""");
		runs.forEach((title, all) -> table.append(row(title, all)));
		runs.remove(THREAD);
		write(new PerformancePage(Path.of(args[0])), environment, table + "\n" + NOTE + HolderKind.settings(),
				LatencyPlot.draw(List.copyOf(runs.keySet()),
						runs.values().stream().map((all) -> all.get(0).calls()).toList()));
	}

	private static List<Run> repeat(int times, Callable<Run> run) throws Exception {
		List<Run> runs = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			runs.add(run.call());
		}
		return runs;
	}

	private static void write(PerformancePage page, Environment environment, String content, String plot)
			throws IOException {
		page.image("end-of-life.svg", plot);
		page.replace("end-of-life", environment,
				content + "\n![How long calls took over time](images/end-of-life.svg)\n");
		System.out.println(content);
	}

	private static StubEndpoint endpoint(HolderKind kind) {
		Duration first = kind.refreshBeforeEnd().isZero() ? OWN_LIFETIME : kind.refreshBeforeEnd().plus(REFRESH);
		return new StubEndpoint(LATENCY, Clock.systemUTC(), (number) -> (number == 1) ? first : Duration.ofHours(12),
				() -> false);
	}

	private static Run run(HolderKind kind) throws Exception {
		StubEndpoint endpoint = endpoint(kind);
		try (Holder holder = kind.create(endpoint, Timing.SYSTEM)) {
			holder.token();
			return new Run(Calls.make(holder, kind.isBlocking(), DURATION), endpoint.requests());
		}
	}

	private static Run runThread() throws InterruptedException {
		return new Run(Calls.make(new ThreadHolder(REFRESH, LATENCY), true, DURATION), 0);
	}

	private static String row(String title, List<Run> runs) {
		int from = (int) STEADY_FROM.toMillis();
		int to = (int) STEADY_TO.toMillis();
		int end = (int) DURATION.toMillis();
		return String.format(Locale.ROOT, "| %s | %d | %s | %s | %s | %s | %,d | %,d | %s |%n", title, runs.size(),
				millis(most(runs, (calls) -> calls.percentile999(from, to))), slowest(runs, from, to),
				millis(most(runs, (calls) -> calls.percentile999(to, end))), slowest(runs, to, end),
				runs.stream().mapToInt((run) -> run.calls().slowerThan(Duration.ofMillis(100).toNanos())).sum(),
				runs.stream().mapToInt((run) -> run.calls().failed()).sum(),
				runs.stream()
					.map((run) -> String.format(Locale.ROOT, "%,d", run.requests()))
					.distinct()
					.sorted()
					.collect(Collectors.joining(" or ")));
	}

	private static long most(List<Run> runs, ToLongFunction<Calls> figure) {
		return runs.stream().mapToLong((run) -> figure.applyAsLong(run.calls())).max().orElseThrow();
	}

	private static String slowest(List<Run> runs, int from, int to) {
		long[] sorted = runs.stream().mapToLong((run) -> run.calls().slowest(from, to)).sorted().toArray();
		String median = millis(sorted[sorted.length / 2]);
		return (sorted.length == 1) ? median
				: median + " (" + millis(sorted[0]) + " to " + millis(sorted[sorted.length - 1]) + ")";
	}

	private static String millis(long nanos) {
		return String.format(Locale.ROOT, "%,.3f ms", nanos / 1e6);
	}

	/**
	 * A run.
	 *
	 * @param calls the calls
	 * @param requests the token requests
	 */
	private record Run(Calls calls, int requests) {

	}

}
