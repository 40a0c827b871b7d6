// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.call;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.benchmarks.holder.Versions;
import io.github.zitadelserviceuser.benchmarks.report.Environment;
import io.github.zitadelserviceuser.benchmarks.report.PerformancePage;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs {@link CallBenchmark} and writes what each kind of authorization adds to a plain
 * call into the documentation.
 *
 * @since 0.1.0
 */
public final class CallMeasurement {

	private static final Map<String, String> CLIENTS = new LinkedHashMap<>();

	static {
		CLIENTS.put("webClient", "WebClient");
		CLIENTS.put("restClient", "RestClient");
	}

	private CallMeasurement() {
	}

	/**
	 * Run the benchmark.
	 * @param args the directory of the documentation, and {@code short} or {@code full}
	 * @throws RunnerException if the benchmark fails
	 * @throws IOException if the results cannot be written
	 */
	public static void main(String[] args) throws RunnerException, IOException {
		Environment environment = Environment.current();
		Collection<RunResult> results = new Runner(options("full".equals(args[1]))).run();
		StringBuilder table = new StringBuilder("""
				| client | authorization | ns per call | ± | bytes per call | added ns | added bytes \
				| added ns, to the constant default | to the constant filter | to one able to send it again |
				|---|---|--:|--:|--:|--:|--:|--:|--:|--:|
				""");
		CLIENTS.forEach((client, title) -> {
			for (Authorization authorization : Authorization.values()) {
				table.append(row(results, client, title, authorization));
			}
		});
		String mode = String.format(Locale.ROOT, "%n±: half of the 99.9 %% confidence interval; %s mode. %s%n", args[1],
				Versions.sentence());
		new PerformancePage(Path.of(args[0])).replace("call", environment, table + mode);
		System.out.println(table + mode);
	}

	private static Options options(boolean full) {
		return new OptionsBuilder().include(CallBenchmark.class.getSimpleName())
			.addProfiler(GCProfiler.class)
			.forks(full ? 5 : 2)
			.warmupIterations(full ? 5 : 3)
			.measurementIterations(full ? 10 : 3)
			.warmupTime(new TimeValue(full ? 2000 : 700, TimeUnit.MILLISECONDS))
			.measurementTime(new TimeValue(full ? 2000 : 500, TimeUnit.MILLISECONDS))
			.build();
	}

	private static String row(Collection<RunResult> results, String client, String title, Authorization authorization) {
		RunResult result = find(results, client, authorization);
		double added = nanos(result) - nanos(find(results, client, Authorization.NONE));
		double bytes = bytes(result) - bytes(find(results, client, Authorization.NONE));
		return String.format(Locale.ROOT, "| %s | %s | %,.0f | %,.0f | %,.0f | %s | %s | %s | %s |%n", title,
				authorization.title(), nanos(result), result.getPrimaryResult().getScoreError(), bytes(result),
				(authorization == Authorization.NONE) ? " | "
						: String.format(Locale.ROOT, "%,.0f | %,.0f", added, bytes),
				ratio(results, client, authorization, added, Authorization.CONSTANT_HEADER),
				ratio(results, client, authorization, added, Authorization.CONSTANT_FILTER),
				ratio(results, client, authorization, added, Authorization.CONSTANT_REPEATABLE));
	}

	private static String ratio(Collection<RunResult> results, String client, Authorization authorization, double added,
			Authorization constant) {
		double beside = nanos(find(results, client, constant)) - nanos(find(results, client, Authorization.NONE));
		return (authorization == Authorization.NONE) ? "" : String.format(Locale.ROOT, "%.2f", added / beside);
	}

	private static double nanos(RunResult result) {
		return result.getPrimaryResult().getScore();
	}

	private static double bytes(RunResult result) {
		return Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore();
	}

	private static RunResult find(Collection<RunResult> results, String client, Authorization authorization) {
		return results.stream()
			.filter((result) -> result.getPrimaryResult().getLabel().equals(client)
					&& authorization.name().equals(result.getParams().getParam("authorization")))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No result of " + client + " with " + authorization));
	}

}
