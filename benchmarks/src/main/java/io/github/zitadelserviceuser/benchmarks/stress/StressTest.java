// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;

/**
 * Runs the tests of this package. Ends with an error if there was an outcome that must
 * not be, and if a test did not run: jcstress leaves out what needs more processors than
 * there are, and what cannot be linked.
 *
 * @since 0.1.0
 */
public final class StressTest {

	private StressTest() {
	}

	/**
	 * Run the tests.
	 * @param args the options of jcstress
	 * @throws Exception if there was an outcome that must not be
	 */
	public static void main(String[] args) throws Exception {
		Options options = new Options(args);
		if (!options.parse()) {
			System.exit(1);
		}
		JCStress stress = new JCStress(options);
		stress.run();
		SortedSet<String> missing = new TreeSet<>(stress.getTests());
		boolean none = missing.isEmpty();
		missing.removeAll(ran(Path.of(options.getResultFile())));
		if (none || !missing.isEmpty()) {
			System.out.println("NO VERDICT: " + (none ? "no test matches" : "these did not run: " + missing));
			System.exit(1);
		}
		System.exit(0);
	}

	private static SortedSet<String> ran(Path results) throws IOException, ClassNotFoundException {
		SortedSet<String> tests = new TreeSet<>();
		if (Files.exists(results)) {
			DiskReadCollector reader = new DiskReadCollector(results.toString(), (result) -> {
				if (result.status() == Status.NORMAL && result.getTotalCount() > 0) {
					tests.add(result.getName());
				}
			});
			reader.dump();
			reader.close();
		}
		return tests;
	}

}
