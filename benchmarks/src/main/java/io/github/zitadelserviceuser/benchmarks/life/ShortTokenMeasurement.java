// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.life;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.zitadelserviceuser.benchmarks.holder.HolderKind;
import io.github.zitadelserviceuser.benchmarks.report.Environment;
import io.github.zitadelserviceuser.benchmarks.report.PerformancePage;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Calls 2,000 times a second with tokens of five minutes, an hour in virtual time and ten
 * minutes in real time, and writes what became of the calls, and how many tokens were
 * requested, into the documentation.
 *
 * @since 0.1.0
 */
public final class ShortTokenMeasurement {

	// The other strategy of AWS works with threads of its own and in real time only.
	private static final List<HolderKind> KINDS = List.of(HolderKind.SERVICE_USER, HolderKind.GOOGLE,
			HolderKind.SPRING_SERVLET, HolderKind.SPRING_REACTIVE, HolderKind.AWS);

	private static final Duration VIRTUAL = Duration.ofHours(1);

	private static final Duration BETWEEN_CALLS = Duration.ofNanos(500_000);

	private static final Duration REAL = Duration.ofMinutes(10);

	private ShortTokenMeasurement() {
	}

	/**
	 * Run the measurement, which takes as long in short mode.
	 * @param args the directory of the documentation, and {@code short} or {@code full}
	 * @throws Exception if it fails
	 */
	public static void main(String[] args) throws Exception {
		LoggingSystem.get(ShortTokenMeasurement.class.getClassLoader())
			.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
		Environment environment = Environment.current();
		String content = inVirtualTime() + "\n" + inRealTime() + "\n" + HolderKind.settings();
		new PerformancePage(Path.of(args[0])).replace("short-tokens", environment, content);
		System.out.println(content);
	}

	private static String inVirtualTime() {
		double ideal = ShortTokens.idealRequests(VIRTUAL, ShortTokens.LIFETIME);
		StringBuilder table = new StringBuilder("""
				| an hour in virtual time | calls | failed | token requests | to the ideal |
				|---|--:|--:|--:|--:|
				""");
		for (HolderKind kind : KINDS) {
			ShortTokens.Result result = ShortTokens.run(kind, VIRTUAL, BETWEEN_CALLS);
			table.append(String.format(Locale.ROOT, "| %s | %,d | %,d | %,d | %,.2f |%n", kind.title(), result.calls(),
					result.failed(), result.requests(), result.requests() / ideal));
		}
		return table + String.format(Locale.ROOT,
				"""

						Tokens of %d minutes, 2,000 calls a second; the endpoint answers at once. The *ideal* of %.2f requests is one at \
						the start and one for each %.1f s: each token is used to the middle of where this library refreshes it, 75 to \
						80 %% of its life. The last of these intervals is half over on average. If each was used to its last \
						moment, there would be %d.
						""",
				ShortTokens.LIFETIME.toMinutes(), ideal, VIRTUAL.toSeconds() / (ideal - 0.5),
				VIRTUAL.dividedBy(ShortTokens.LIFETIME));
	}

	private static String inRealTime() throws Exception {
		ShortTokenCalls result = ShortTokenCalls.make(ShortTokens.LIFETIME, REAL);
		double ideal = ShortTokens.idealRequests(REAL, ShortTokens.LIFETIME);
		return """
				| ten minutes in real time | calls | failed | around a refresh: 99.9 % | slowest | at other times: 99.9 % | slowest |
				|---|--:|--:|--:|--:|--:|--:|
				"""
				+ row("RestClient", result, result.blocking()) + row("WebClient", result, result.reactive())
				+ String.format(Locale.ROOT,
						"""

								The clients of a service user, 1,000 calls a second by each, and %d token requests, %.2f times the ideal \
								of %.2f. The token endpoint is on the loopback interface and takes %d ms; the resource is where the callers \
								are, answers at once, and looks up each token by the server's clock. Another token came %s after the first \
								call. *Around a refresh* is from a second before that to a second after it; what is slow at other times is the machine.
								""",
						result.requests(), result.requests() / ideal, ideal, ShortTokenCalls.LATENCY.toMillis(),
						result.refreshes()
							.stream()
							.map((at) -> minutes(result.blocking().at(at)))
							.collect(Collectors.joining(" and ")));
	}

	private static String row(String client, ShortTokenCalls result, Calls calls) {
		return String.format(Locale.ROOT, "| %s | %,d | %,d | %s | %s |%n", client, calls.count(), calls.failed(),
				slowest(result.aroundRefreshes(calls)), slowest(result.atOtherTimes(calls)));
	}

	private static String slowest(long[] sorted) {
		return (sorted.length == 0) ? "|" : String.format(Locale.ROOT, "%,.3f ms | %,.3f ms",
				sorted[(int) Math.ceil(sorted.length * 0.999) - 1] / 1e6, sorted[sorted.length - 1] / 1e6);
	}

	private static String minutes(int millis) {
		return String.format(Locale.ROOT, "%d:%02d", millis / 60_000, millis / 1_000 % 60);
	}

}
