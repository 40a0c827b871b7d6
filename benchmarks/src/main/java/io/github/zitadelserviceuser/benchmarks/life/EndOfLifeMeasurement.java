// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.life;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
	// gives
	// this library the same place between 75 % and 80 % of it.
	private static final Duration REFRESH = Duration.ofSeconds(9);

	private static final Duration OWN_LIFETIME = Duration.ofSeconds(12);

	private static final Duration DURATION = Duration.ofSeconds(14);

	private static final Duration STEADY_FROM = Duration.ofSeconds(3);

	private static final Duration STEADY_TO = Duration.ofSeconds(8);

	private static final String NOTE = """
			1,000 calls a second, for 14 s; the token endpoint takes 500 ms. The first token lives as long as makes each \
			ask for another one after about 9 s: 12 s for this library, 9 s more than the settings say for the others; \
			later ones live 12 hours. *Before* is from 3 s to 8 s, the *end* from 8 s on. The AWS cache goes without its \
			random delay of the prefetch of up to 3 min, which would be longer than what is looked at. Only the call for \
			the token is timed, since the call to the resource is the same for all.
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
		StringBuilder table = new StringBuilder("""
				| | before: 99.9 % | slowest | at the end: 99.9 % | slowest | calls over 100 ms | failed \
				| token requests |
				|---|--:|--:|--:|--:|--:|--:|--:|
				""");
		List<String> titles = new ArrayList<>();
		List<Calls> all = new ArrayList<>();
		int rounds = "full".equals(args[1]) ? 5 : 1;
		for (HolderKind kind : HolderKind.values()) {
			for (int round = 0; round < rounds; round++) {
				StubEndpoint endpoint = endpoint(kind);
				Calls calls = run(kind, endpoint);
				table.append(row(kind, calls, endpoint.requests()));
				if (round == 0) {
					titles.add(kind.title());
					all.add(calls);
				}
			}
		}
		write(new PerformancePage(Path.of(args[0])), environment, table + "\n" + NOTE + HolderKind.settings(),
				LatencyPlot.draw(titles, all));
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

	private static Calls run(HolderKind kind, StubEndpoint endpoint) throws Exception {
		try (Holder holder = kind.create(endpoint, Timing.SYSTEM)) {
			holder.token();
			return Calls.make(holder, kind.isBlocking(), DURATION);
		}
	}

	private static String row(HolderKind kind, Calls calls, int requests) {
		int from = (int) STEADY_FROM.toMillis();
		int to = (int) STEADY_TO.toMillis();
		int end = calls.count();
		return String.format(Locale.ROOT, "| %s | %s | %s | %s | %s | %,d | %,d | %,d |%n", kind.title(),
				millis(calls.percentile999(from, to)), millis(calls.slowest(from, to)),
				millis(calls.percentile999(to, end)), millis(calls.slowest(to, end)),
				calls.slowerThan(Duration.ofMillis(100).toNanos()), calls.failed(), requests);
	}

	private static String millis(long nanos) {
		return String.format(Locale.ROOT, "%,.3f ms", nanos / 1e6);
	}

}
