// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.outage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.zitadelserviceuser.benchmarks.holder.HolderKind;
import io.github.zitadelserviceuser.benchmarks.report.Environment;
import io.github.zitadelserviceuser.benchmarks.report.PerformancePage;

/**
 * Lets the token endpoint be down for a fifth of a token's life, from each percent of
 * that life on, and writes what callers noticed into the documentation.
 *
 * @since 0.1.0
 */
public final class OutageSimulation {

	// The other strategy of AWS works with threads of its own and in real time only.
	private static final List<HolderKind> KINDS = List.of(HolderKind.SERVICE_USER, HolderKind.GOOGLE,
			HolderKind.SPRING_SERVLET, HolderKind.SPRING_REACTIVE, HolderKind.AWS);

	private OutageSimulation() {
	}

	/**
	 * Run the simulation.
	 * @param args the directory of the documentation, and {@code short} or {@code full}
	 * @throws Exception if it fails
	 */
	public static void main(String[] args) throws Exception {
		Environment environment = Environment.current();
		Duration betweenCalls = Duration.ofSeconds("full".equals(args[1]) ? 1 : 10);
		StringBuilder table = new StringBuilder(
				"""
						| | outages with failed calls | failed calls, all outages | in the worst one | token requests, on average \
						| in the worst one |
						|---|--:|--:|--:|--:|--:|
						""");
		for (HolderKind kind : KINDS) {
			table.append(row(kind, results(kind, betweenCalls)));
		}
		String content = table + "\n"
				+ String.format(Locale.ROOT,
						"""
								Tokens of 12 hours, and an outage of 2 h 24 min that begins after each percent of the first token's life: 100 \
								runs for each, in virtual time, with a call every %d s. The endpoint refuses at once. *Requests* are those \
								from the beginning of the outage until a quarter of a life after its end. More calls make no more of them with \
								this library, and as many more with a holder that asks at each call.
								""",
						betweenCalls.toSeconds())
				+ HolderKind.settings();
		new PerformancePage(Path.of(args[0])).replace("outage", environment, content);
		System.out.println(content);
	}

	private static List<Outage.Result> results(HolderKind kind, Duration betweenCalls) throws Exception {
		List<Outage.Result> results = new ArrayList<>();
		for (int percent = 0; percent < 100; percent++) {
			results.add(
					Outage.run(kind, Outage.LIFETIME.multipliedBy(percent).dividedBy(100).plusMillis(1), betweenCalls));
		}
		return results;
	}

	private static String row(HolderKind kind, List<Outage.Result> results) {
		return String.format(Locale.ROOT, "| %s | %d of %d | %,d of %,d | %,d | %,.1f | %,d |%n", kind.title(),
				results.stream().filter((result) -> result.failed() > 0).count(), results.size(),
				results.stream().mapToInt(Outage.Result::failed).sum(),
				results.stream().mapToInt(Outage.Result::calls).sum(),
				results.stream().mapToInt(Outage.Result::failed).max().orElseThrow(),
				results.stream().mapToInt(Outage.Result::requests).average().orElseThrow(),
				results.stream().mapToInt(Outage.Result::requests).max().orElseThrow());
	}

}
