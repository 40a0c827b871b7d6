// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.start;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

import io.github.zitadelserviceuser.benchmarks.report.Environment;
import io.github.zitadelserviceuser.benchmarks.report.PerformancePage;
import io.github.zitadelserviceuser.fake.FakeZitadel;

/**
 * Starts applications, each in a process of its own, and writes what that took into the
 * documentation.
 *
 * @since 0.1.0
 */
public final class StartMeasurement {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final Path keyFile = Path.of(this.zitadel.serviceUser().key().keyFile().toString());

	private StartMeasurement() {
	}

	/**
	 * Run the measurement.
	 * @param args the directory of the documentation, and {@code short} or {@code full}
	 * @throws IOException if a process cannot be started, or the results not be written
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		Environment environment = Environment.current();
		int rounds = "full".equals(args[1]) ? 25 : 9;
		StartMeasurement measurement = new StartMeasurement();
		String content = measurement.measure(rounds);
		measurement.zitadel.close();
		new PerformancePage(Path.of(args[0])).replace("start", environment, content);
		System.out.println(content);
	}

	private String measure(int rounds) throws IOException, InterruptedException {
		Map<Variant, List<Start>> starts = new EnumMap<>(Variant.class);
		// They take turns, so that what else the machine does is the same for all. The
		// first round is for the file cache.
		for (int i = -1; i < rounds; i++) {
			for (Variant variant : Variant.values()) {
				Start start = start(variant);
				if (i >= 0) {
					starts.computeIfAbsent(variant, (key) -> new ArrayList<>()).add(start);
				}
			}
		}
		StringBuilder table = new StringBuilder(
				"""
						| application with | ms until ready | fastest and slowest | to the first | to the second | classes loaded \
						| beans | requests made |
						|---|--:|--:|--:|--:|--:|--:|--:|
						""");
		double plain = median(starts, Variant.PLAIN, Start::millis);
		double webClient = median(starts, Variant.WEB_CLIENT, Start::millis);
		starts.forEach((variant, all) -> {
			double millis = median(starts, variant, Start::millis);
			table.append(String.format(Locale.ROOT, "| %s | %,.0f | %,d to %,d | %.2f | %.2f | %,d | %,d | %,d |%n",
					variant.title(), millis, all.stream().mapToLong(Start::millis).min().orElseThrow(),
					all.stream().mapToLong(Start::millis).max().orElseThrow(), millis / plain, millis / webClient,
					median(starts, variant, Start::classes), median(starts, variant, Start::beans),
					all.stream().mapToLong(Start::requests).max().orElseThrow()));
		});
		return table + String.format(Locale.ROOT, "%nMedians of %d starts each, in turn, from the start of the process "
				+ "until the application is ready. Boot's starter has one registration, with an `issuer-uri`.%n",
				rounds);
	}

	private Start start(Variant variant) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-classpath",
						variant.classPath(), StartedApplication.class.getName(), "--server.port=0",
						"--server.address=127.0.0.1", "--spring.main.banner-mode=off", "--logging.level.root=error"));
		command.addAll(variant.properties(this.zitadel, this.keyFile));
		int before = requests();
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		int status = process.waitFor();
		String[] figures = output.lines()
			.filter((line) -> line.startsWith(StartedApplication.RESULT))
			.map((line) -> line.split(" "))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("The application with " + variant.title()
					+ " did not start, but ended with status " + status + ":\n" + output));
		return new Start(Long.parseLong(figures[1]), Long.parseLong(figures[2]), Long.parseLong(figures[3]),
				requests() - before);
	}

	private int requests() {
		return this.zitadel.discovery().requestCount() + this.zitadel.tokenEndpoint().requestCount();
	}

	private static long median(Map<Variant, List<Start>> starts, Variant variant, ToLongFunction<Start> figure) {
		long[] sorted = starts.getOrDefault(variant, List.of()).stream().mapToLong(figure).sorted().toArray();
		return sorted[sorted.length / 2];
	}

	/**
	 * What a start took.
	 *
	 * @param millis the time until the application was ready
	 * @param classes the classes loaded
	 * @param beans the beans there are
	 * @param requests the requests it made
	 */
	private record Start(long millis, long classes, long beans, long requests) {

	}

}
