// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.token;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.benchmarks.holder.HolderKind;
import io.github.zitadelserviceuser.benchmarks.report.Environment;
import io.github.zitadelserviceuser.benchmarks.report.PerformancePage;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs {@link TokenSourceBenchmark} and {@link HolderBenchmark} on one thread and on as
 * many as there are cores, and writes the results into the documentation.
 *
 * @since 0.1.0
 */
public final class TokenSourceMeasurement {

	private static final Map<String, String> ROWS = new LinkedHashMap<>();

	static {
		ROWS.put("floor", "a volatile read and a clock read");
		ROWS.put("floorOfTwoClocks", "a volatile read and a read of both clocks");
		ROWS.put("get", "`TokenSource.get()`");
		ROWS.put("await", "`TokenSource.await()`");
		ROWS.put("GOOGLE", "google-auth, `getRequestMetadata`");
		ROWS.put("SPRING_SERVLET", "Spring Security, servlet: `authorize`");
		ROWS.put("SPRING_REACTIVE", "Spring Security, reactive: `authorize().block()`");
		ROWS.put("AWS", "AWS, `CachedSupplier.get`");
	}

	private TokenSourceMeasurement() {
	}

	/**
	 * Run the benchmark.
	 * @param args the directory of the documentation, and {@code short} or {@code full}
	 * @throws RunnerException if the benchmark fails
	 * @throws IOException if the results cannot be written
	 */
	public static void main(String[] args) throws RunnerException, IOException {
		Environment environment = Environment.current();
		boolean full = "full".equals(args[1]);
		StringBuilder table = new StringBuilder("""
				| | threads | ns per call | ± | to the floor | bytes per call |
				|---|--:|--:|--:|--:|--:|
				""");
		int cores = Runtime.getRuntime().availableProcessors();
		for (int threads : (cores > 1) ? new int[] { 1, cores } : new int[] { 1 }) {
			append(table, threads, new Runner(options(threads, full).build()).run());
		}
		String mode = String.format(Locale.ROOT, "%n±: half of the 99.9 %% confidence interval; %s mode. %s", args[1],
				HolderKind.settings());
		new PerformancePage(Path.of(args[0])).replace("token-source", environment, table + mode);
		System.out.println(table + mode);
	}

	private static ChainedOptionsBuilder options(int threads, boolean full) {
		return new OptionsBuilder().include(TokenSourceBenchmark.class.getSimpleName())
			.include(HolderBenchmark.class.getSimpleName())
			.threads(threads)
			.addProfiler(GCProfiler.class)
			.forks(full ? 5 : 2)
			.warmupIterations(full ? 5 : 2)
			.measurementIterations(full ? 10 : 4)
			.warmupTime(new TimeValue(full ? 2000 : 500, TimeUnit.MILLISECONDS))
			.measurementTime(new TimeValue(full ? 2000 : 500, TimeUnit.MILLISECONDS));
	}

	private static void append(StringBuilder table, int threads, Collection<RunResult> results) {
		double floor = find(results, "floor").getPrimaryResult().getScore();
		ROWS.forEach((name, title) -> {
			RunResult result = find(results, name);
			Result<?> time = result.getPrimaryResult();
			Result<?> bytes = Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
			table.append(String.format(Locale.ROOT, "| %s | %d | %.1f | %.1f | %.2f | %.1f |%n", title, threads,
					time.getScore(), time.getScoreError(), time.getScore() / floor, bytes.getScore()));
		});
	}

	private static RunResult find(Collection<RunResult> results, String benchmark) {
		return results.stream()
			.filter((result) -> benchmark.equals(result.getParams().getParam("kind"))
					|| result.getPrimaryResult().getLabel().equals(benchmark))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No result of " + benchmark));
	}

}
