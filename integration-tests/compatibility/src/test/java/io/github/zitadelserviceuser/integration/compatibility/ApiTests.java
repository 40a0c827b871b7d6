// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.compatibility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds what users compile against to what was promised: {@code src/test/resources/api}
 * has a file for each artifact that has code. With {@code -Dapi.write} the files are
 * written anew.
 */
class ApiTests {

	@ParameterizedTest
	@ValueSource(strings = { "autoconfigure", "fake", "test" })
	void apiWhenComparedWithThePromisedOneThenIsEqual(String artifact) throws IOException {
		Path file = Path.of("src/test/resources/api/zitadel-service-user-" + artifact + ".txt");
		List<String> api = apiOf(Path.of("../../zitadel-service-user-" + artifact + "/target/classes"));
		if (System.getProperty("api.write") != null) {
			Files.write(file, api);
		}
		List<String> promised = Files.readAllLines(file);
		assertThat(without(promised, api))
			.as("Promised in %s and gone, which breaks those who use it. Where that is meant, say how to go over in "
					+ "CHANGELOG.md, and run this test with -Dapi.write", file)
			.isEmpty();
		assertThat(without(api, promised))
			.as("Not in %s yet. Where a user needs it, run this test with -Dapi.write; make it package-private otherwise",
					file)
			.isEmpty();
	}

	private static List<String> apiOf(Path classes) throws IOException {
		try (Stream<Path> files = Files.walk(classes)) {
			return files.map((file) -> classes.relativize(file).toString().replace('\\', '/'))
				.filter((file) -> file.endsWith(".class") && !file.endsWith("-info.class"))
				.map((file) -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
				.sorted()
				.map(ApiTests::load)
				.flatMap((type) -> Signatures.of(type).stream())
				.toList();
		}
	}

	private static Class<?> load(String name) {
		try {
			return Class.forName(name, false, ApiTests.class.getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> without(List<String> all, List<String> known) {
		List<String> rest = new ArrayList<>(all);
		rest.removeAll(known);
		return rest;
	}

}
