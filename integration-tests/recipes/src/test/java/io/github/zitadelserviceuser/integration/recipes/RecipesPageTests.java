// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the page of recipes: its code is that of this module, each recipe has a test,
 * and its versions are those of the build.
 */
class RecipesPageTests {

	private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final Pattern RECIPE = Pattern.compile("(?ms)^## (.*?)(?=^## |\\z)");

	private static final Pattern TEST = Pattern.compile("`(\\w+Tests)`");

	private final String page = read(Path.of("../../docs/recipes.md"));

	@Test
	void javaWhenShownThenIsCompiled() throws IOException {
		String code = files("src/main/java").map((file) -> flat(read(file))).collect(Collectors.joining("\n"));
		List<String> snippets = found(JAVA, this.page).map(RecipesPageTests::flat).toList();
		assertThat(snippets).hasSizeGreaterThan(10).allSatisfy((snippet) -> assertThat(code).contains(snippet));
	}

	@Test
	void recipeWhenShownThenHasCodeAndATest() throws IOException {
		List<String> tests = files("src/test/java").map((file) -> file.getFileName().toString()).toList();
		assertThat(found(RECIPE, this.page)).hasSize(8).allSatisfy((recipe) -> {
			assertThat(found(JAVA, recipe)).isNotEmpty();
			assertThat(found(TEST, recipe)).isNotEmpty()
				.allSatisfy((test) -> assertThat(tests).contains(test + ".java"));
		});
	}

	@Test
	void versionWhenNamedThenIsThatOfTheBuild() {
		String pom = read(Path.of("pom.xml"));
		assertThat(this.page).contains("Spring Cloud " + version("spring-cloud", pom))
			.contains("Spring AI " + version("spring-ai", pom))
			.contains("OpenAPI Generator " + version("openapi-generator", pom));
	}

	private static String version(String name, String pom) {
		return found(Pattern.compile("<" + name + ".version>(.*?)<"), pom).findFirst().orElseThrow();
	}

	private static Stream<String> found(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((result) -> result.group(1));
	}

	private static Stream<Path> files(String directory) throws IOException {
		try (Stream<Path> files = Files.walk(Path.of(directory))) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList().stream();
		}
	}

	/**
	 * Without indentation, which differs between the page and the sources.
	 */
	private static String flat(String text) {
		return text.lines().map(String::strip).filter((line) -> !line.isEmpty()).collect(Collectors.joining("\n"));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
