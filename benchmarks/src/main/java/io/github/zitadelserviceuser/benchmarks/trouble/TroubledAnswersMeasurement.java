// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.trouble;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.benchmarks.library.ClientLibrary;
import io.github.zitadelserviceuser.benchmarks.report.Environment;
import io.github.zitadelserviceuser.benchmarks.report.PerformancePage;

/**
 * Lets the answers to token requests go wrong in ways that no time-out of a client
 * library ends, with each library in a process of its own, and writes what is left of
 * them into the documentation.
 *
 * @since 0.1.0
 */
public final class TroubledAnswersMeasurement {

	private TroubledAnswersMeasurement() {
	}

	/**
	 * Run the measurement.
	 * @param args the directory of the documentation, and {@code short} or {@code full}
	 * @throws IOException if a process cannot be started, or the results not be written
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		Environment environment = Environment.current();
		int rounds = "full".equals(args[1]) ? 5 : 1;
		StringBuilder table = new StringBuilder(
				"""
						| client library | the answer | CPU at rest | CPU after the time-out | busy threads | connection closed after \
						| left of the pause | next token after |
						|---|---|--:|--:|--:|--:|--:|--:|
						""");
		for (ClientLibrary library : ClientLibrary.values()) {
			List<Left> all = run(library, rounds);
			for (Trouble trouble : Trouble.values()) {
				table.append(row(library, trouble, all.stream().filter((left) -> left.trouble() == trouble).toList()));
			}
		}
		String content = table + "\n" + String.format(Locale.ROOT, """
				A call for a token fails after a `token-timeout` of %d s. *CPU* is what the whole process takes of a \
				processor in the %d s from then on, and in as many before all that, by a clock with ticks of 10 ms. \
				*Busy threads* are those at the end of the %d s that run, or wait for anything but work. *Closed* is \
				what the endpoint sees. After a second such call the endpoint is well at once; callers ask every \
				millisecond, and are refused until the pause is over. %s
				""", TroubledProcess.TIME_OUT.toSeconds(), TroubledProcess.WATCHED.toSeconds(),
				TroubledProcess.WATCHED.toSeconds(),
				(rounds > 1) ? String.format(Locale.ROOT, "Each figure is the worst of %d runs.", rounds) : "");
		new PerformancePage(Path.of(args[0])).replace("troubled-answers", environment, content);
		System.out.println(content);
	}

	private static List<Left> run(ClientLibrary library, int rounds) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-classpath", System.getProperty("java.class.path"), TroubledProcess.class.getName(), library.name(),
				String.valueOf(rounds))
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		int status = process.waitFor();
		List<Left> all = output.lines()
			.filter((line) -> line.startsWith(TroubledProcess.RESULT))
			.peek(System.out::println)
			.map(Left::parse)
			.toList();
		if (status != 0 || all.size() != rounds * Trouble.values().length) {
			throw new IllegalStateException(
					"The process with " + library.title() + " ended with status " + status + ":\n" + output);
		}
		return all;
	}

	private static String row(ClientLibrary library, Trouble trouble, List<Left> all) {
		Left worst = all.stream().reduce(Left::worse).orElseThrow();
		String closed = (worst.letGo() == Long.MAX_VALUE) ? "over " + TroubledProcess.WATCHED.toSeconds() + " s"
				: worst.letGo() + " ms";
		return String.format(Locale.ROOT, "| %s | %s | %,d ms | %,d ms | %d | %s | %,d ms | %,d ms |%n",
				library.title(), trouble.title(), worst.atRest(), worst.cpu(), worst.busy(),
				trouble.endsConnection() ? "" : closed, worst.pause(), worst.recovery());
	}

	/**
	 * What a process says.
	 *
	 * @param trouble what was the matter
	 * @param atRest the milliseconds of a processor at rest
	 * @param cpu the same after the time-out
	 * @param busy the number of threads
	 * @param letGo the milliseconds until the connection was closed, or far too many
	 * @param pause the milliseconds left of the pause
	 * @param recovery the milliseconds until there was a token
	 */
	private record Left(Trouble trouble, long atRest, long cpu, long busy, long letGo, long pause, long recovery) {

		static Left parse(String line) {
			String[] parts = line.split(" ");
			long[] figures = Stream.of(parts).skip(2).limit(6).mapToLong(Long::parseLong).toArray();
			return new Left(Trouble.valueOf(parts[1]), figures[0], figures[1], figures[2],
					(figures[3] < 0) ? Long.MAX_VALUE : figures[3], figures[4], figures[5]);
		}

		// Of the recoveries, the one that took longest after its pause.
		Left worse(Left other) {
			Left later = (this.recovery - this.pause >= other.recovery - other.pause) ? this : other;
			return new Left(this.trouble, this.atRest, Math.max(this.cpu, other.cpu), Math.max(this.busy, other.busy),
					Math.max(this.letGo, other.letGo), later.pause, later.recovery);
		}

	}

}
