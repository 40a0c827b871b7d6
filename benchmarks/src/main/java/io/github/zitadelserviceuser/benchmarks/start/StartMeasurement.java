// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.start;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.github.zitadelserviceuser.benchmarks.report.Environment;
import io.github.zitadelserviceuser.benchmarks.report.PerformancePage;
import io.github.zitadelserviceuser.benchmarks.start.Starter.Application;

/**
 * Starts applications with this library and without, as they are and with the aids of the
 * JVM, and writes what that took into the documentation.
 *
 * @since 0.1.0
 */
public final class StartMeasurement {

	private static final List<Variant> AIDED = List.of(Variant.PLAIN, Variant.WEB_CLIENT, Variant.SERVICE_USER);

	private StartMeasurement() {
	}

	/**
	 * Run the measurement.
	 * @param args the directory of the documentation, and {@code short} or {@code full}
	 * @throws IOException if a process cannot be started, or the results not be written
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		measure(args, "start", StartMeasurement::asTheyAre);
	}

	/**
	 * Run the measurement of the aids of the JVM, some of which only a newer one has.
	 * @param args the directory of the documentation, and {@code short} or {@code full}
	 * @throws IOException if a process cannot be started, or the results not be written
	 * @throws InterruptedException if interrupted
	 */
	public static void aids(String[] args) throws IOException, InterruptedException {
		measure(args, "aids", StartMeasurement::withAids);
	}

	private static void measure(String[] args, String name, Section section) throws IOException, InterruptedException {
		Environment environment = Environment.current();
		try (Starter starter = new Starter()) {
			String content = section.write(starter, "full".equals(args[1]) ? 25 : 9);
			new PerformancePage(Path.of(args[0])).replace(name, environment, content);
			System.out.println(content);
		}
	}

	private static String asTheyAre(Starter starter, int rounds) throws IOException, InterruptedException {
		Map<Application, List<Start>> starts = new LinkedHashMap<>();
		for (Variant variant : Variant.values()) {
			starts.put(new Application(variant, Aid.NONE), new ArrayList<>());
		}
		starter.inTurn(rounds, starts);
		List<Start> plain = Objects.requireNonNull(starts.get(new Application(Variant.PLAIN, Aid.NONE)));
		List<Start> webClient = Objects.requireNonNull(starts.get(new Application(Variant.WEB_CLIENT, Aid.NONE)));
		StringBuilder table = new StringBuilder("""
				| application with | ms until ready | fastest and slowest | to the first | to the second | ms of CPU \
				| to the first | to the second | classes loaded | beans | requests made |
				|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
				""");
		starts.forEach((application,
				all) -> table.append(String.format(Locale.ROOT,
						"| %s | %,d | %,d to %,d | %s | %s | %,d | %s | %s | %,d | %,d | %,d |%n",
						application.variant().title(), Start.median(all, Start::millis),
						all.stream().mapToLong(Start::millis).min().orElseThrow(),
						all.stream().mapToLong(Start::millis).max().orElseThrow(),
						Start.ratio(all, plain, Start::millis), Start.ratio(all, webClient, Start::millis),
						Start.median(all, Start::cpu), Start.ratio(all, plain, Start::cpu),
						Start.ratio(all, webClient, Start::cpu), Start.median(all, Start::classes),
						Start.median(all, Start::beans), all.stream().mapToLong(Start::requests).max().orElseThrow())));
		return table + String.format(Locale.ROOT, "%nMedians of %d starts each, in turn, from the start of the process "
				+ "until the application is ready; the ratios are those of starts in the same turn. *CPU* is that of the "
				+ "whole process, its compilers included. Boot's starter has one registration, with an `issuer-uri`.%n",
				rounds);
	}

	private static String withAids(Starter starter, int rounds) throws IOException, InterruptedException {
		Map<Application, List<Start>> starts = new LinkedHashMap<>();
		for (Aid aid : Aid.present()) {
			for (Variant variant : AIDED) {
				Application application = new Application(variant, aid);
				if (aid != Aid.NONE) {
					starter.train(application);
				}
				starts.put(application, new ArrayList<>());
			}
		}
		starter.inTurn(rounds, starts);
		StringBuilder table = new StringBuilder("""
				| aid of the JVM | application with | ms until ready | to the same without aid | to the second \
				| ms of CPU | to the same without aid | to the second |
				|---|---|--:|--:|--:|--:|--:|--:|
				""");
		starts.forEach((application, all) -> {
			List<Start> without = starts.getOrDefault(new Application(application.variant(), Aid.NONE), all);
			List<Start> second = starts.getOrDefault(new Application(Variant.WEB_CLIENT, application.aid()), all);
			table.append(String.format(Locale.ROOT, "| %s | %s | %,d | %s | %s | %,d | %s | %s |%n",
					application.aid().title(), application.variant().title(), Start.median(all, Start::millis),
					Start.ratio(all, without, Start::millis), Start.ratio(all, second, Start::millis),
					Start.median(all, Start::cpu), Start.ratio(all, without, Start::cpu),
					Start.ratio(all, second, Start::cpu)));
		});
		return table + String.format(Locale.ROOT, "%nMedians of %d starts each, as above; *the second* is the second "
				+ "application with the same aid. Each archive is of a training run of the same application with "
				+ "`spring.context.exit=onRefresh`.%n", rounds);
	}

	/**
	 * A section of the documentation.
	 */
	@FunctionalInterface
	private interface Section {

		String write(Starter starter, int rounds) throws IOException, InterruptedException;

	}

}
