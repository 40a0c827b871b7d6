// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.zitadelserviceuser.benchmarks.call.CallMeasurement;
import io.github.zitadelserviceuser.benchmarks.herd.HerdMeasurement;
import io.github.zitadelserviceuser.benchmarks.life.EndOfLifeMeasurement;
import io.github.zitadelserviceuser.benchmarks.life.ShortTokenMeasurement;
import io.github.zitadelserviceuser.benchmarks.loopback.LoopbackMeasurement;
import io.github.zitadelserviceuser.benchmarks.outage.OutageSimulation;
import io.github.zitadelserviceuser.benchmarks.principal.PrincipalMeasurement;
import io.github.zitadelserviceuser.benchmarks.report.PerformancePage;
import io.github.zitadelserviceuser.benchmarks.start.StartMeasurement;
import io.github.zitadelserviceuser.benchmarks.token.TokenSourceMeasurement;
import io.github.zitadelserviceuser.benchmarks.trouble.TroubledAnswersMeasurement;
import io.github.zitadelserviceuser.benchmarks.upload.UploadMeasurement;
import io.github.zitadelserviceuser.benchmarks.user.UsersMeasurement;

/**
 * Runs all that is measured beside what an application would use instead, or one of it.
 *
 * @since 0.1.0
 */
public final class Comparison {

	private static final Map<String, Measurement> MEASUREMENTS = new LinkedHashMap<>();

	/** As long as all others together, in any mode. */
	private static final Set<String> ONLY_BY_NAME = Set.of("short-tokens");

	static {
		MEASUREMENTS.put("token", TokenSourceMeasurement::main);
		MEASUREMENTS.put("call", CallMeasurement::main);
		MEASUREMENTS.put("herd", HerdMeasurement::main);
		MEASUREMENTS.put("end-of-life", EndOfLifeMeasurement::main);
		MEASUREMENTS.put("short-tokens", ShortTokenMeasurement::main);
		MEASUREMENTS.put("outage", OutageSimulation::main);
		MEASUREMENTS.put("troubled-answers", TroubledAnswersMeasurement::main);
		MEASUREMENTS.put("principals", PrincipalMeasurement::main);
		MEASUREMENTS.put("users", UsersMeasurement::main);
		MEASUREMENTS.put("start", StartMeasurement::main);
		MEASUREMENTS.put("aids", StartMeasurement::aids);
		MEASUREMENTS.put("loopback", LoopbackMeasurement::main);
		MEASUREMENTS.put("uploads", UploadMeasurement::main);
	}

	private Comparison() {
	}

	/**
	 * Run.
	 * @param args the directory of the documentation, {@code short} or {@code full}, and
	 * the name of one measurement, or {@code all} but for what takes longer than the rest
	 * @throws Exception if a measurement fails
	 */
	public static void main(String[] args) throws Exception {
		List<String> names = List.of(args[2].split(","));
		if (!names.equals(List.of("all")) && !MEASUREMENTS.keySet().containsAll(names)) {
			throw new IllegalArgumentException("There are the measurements " + MEASUREMENTS.keySet()
					+ ", and 'all', but not all of " + names + ". Change 'compare.only'");
		}
		new PerformancePage(Path.of(args[0])).check();
		for (Map.Entry<String, Measurement> measurement : MEASUREMENTS.entrySet()) {
			String name = measurement.getKey();
			if (names.contains(name) || (names.contains("all") && !ONLY_BY_NAME.contains(name))) {
				System.out.println("## " + name);
				measurement.getValue().run(new String[] { args[0], args[1] });
			}
		}
		// Some of what is compared leaves threads behind.
		System.exit(0);
	}

	/**
	 * A main method.
	 */
	@FunctionalInterface
	private interface Measurement {

		void run(String[] args) throws Exception;

	}

}
