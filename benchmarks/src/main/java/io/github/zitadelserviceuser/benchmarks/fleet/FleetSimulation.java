// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.zitadelserviceuser.benchmarks.report.Environment;
import io.github.zitadelserviceuser.benchmarks.report.PerformancePage;

/**
 * Shows what a fleet that started together does to the token endpoint during a day and a
 * half with an outage in it, and what jitter and back-off are good for. The results go
 * into the documentation.
 *
 * @since 0.1.0
 */
public final class FleetSimulation {

	private static final List<Integer> SIZES = List.of(1_000, 10_000);

	private static final String HEAD = """
			| instances | jitter | back-off | token requests | per instance | busiest second: at the start | in the outage \
			| in the 5 minutes after it | from then on | calls without a token |
			|--:|---|---|--:|--:|--:|--:|--:|--:|--:|
			""";

	private FleetSimulation() {
	}

	/**
	 * Run the simulation.
	 * @param args the directory of the documentation
	 * @throws IOException if the results cannot be written
	 */
	public static void main(String[] args) throws IOException {
		Environment environment = Environment.current();
		long startedAt = System.nanoTime();
		PerformancePage page = new PerformancePage(Path.of(args[0]));
		StringBuilder table = new StringBuilder(HEAD);
		StringBuilder plots = new StringBuilder();
		for (int instances : SIZES) {
			List<Scenario> scenarios = scenarios(instances);
			List<Load> loads = scenarios.parallelStream().map(Fleet::run).toList();
			for (int i = 0; i < scenarios.size(); i++) {
				table.append(row(scenarios.get(i), loads.get(i)));
			}
			String image = "fleet-" + instances + ".svg";
			page.image(image, LoadPlot.draw(scenarios, loads));
			plots.append(String.format(Locale.ROOT, "%n![Token requests of %,d instances over 36 hours](images/%s)%n",
					instances, image));
		}
		page.replace("fleet", environment, table.toString() + plots);
		System.out.println(table);
		System.out.printf(Locale.ROOT, "%d s%n", Duration.ofNanos(System.nanoTime() - startedAt).toSeconds());
	}

	private static List<Scenario> scenarios(int instances) {
		List<Scenario> scenarios = new ArrayList<>();
		for (boolean jitter : new boolean[] { true, false }) {
			for (boolean backOff : new boolean[] { true, false }) {
				scenarios.add(Scenario.of(instances, jitter, backOff));
			}
		}
		return scenarios;
	}

	private static String row(Scenario scenario, Load load) {
		Duration recovered = scenario.outageTo().plusMinutes(5);
		return String.format(Locale.ROOT, "| %,d | %s | %s | %,d | %,.1f | %,d | %,d | %,d | %,d | %,d of %,d |%n",
				scenario.instances(), scenario.jitter() ? "yes" : "no", scenario.backOff() ? "yes" : "no",
				load.requests(), (double) load.requests() / scenario.instances(),
				load.busiestSecond(Duration.ZERO, scenario.outageFrom()),
				load.busiestSecond(scenario.outageFrom(), scenario.outageTo()),
				load.busiestSecond(scenario.outageTo(), recovered), load.busiestSecond(recovered, scenario.end()),
				load.callsWithoutToken(), load.calls());
	}

}
