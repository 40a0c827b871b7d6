// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

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
 * The page on testing shows what is compiled and run here.
 */
class DocumentationTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final Pattern SLICE = Pattern
		.compile("import (org\\.springframework\\.boot\\.\\w+\\.test\\.autoconfigure\\.\\w+Test);");

	private final String page = read(ROOT.resolve("docs/testing.md"));

	@Test
	void javaWhenShownThenStandsInTheTests() throws IOException {
		String sources = sources(Path.of("src/test/java")) + sources(ROOT.resolve("sample-app/src/test/java"));
		List<String> snippets = JAVA.matcher(this.page).results().map((result) -> flat(result.group(1))).toList();
		assertThat(snippets).hasSizeGreaterThan(5).allSatisfy((snippet) -> assertThat(sources).contains(snippet));
	}

	/**
	 * Who copies a slice has all of it: the file but for its package, behind the
	 * dependency that brings its annotation.
	 */
	@Test
	void sliceWhenShownThenIsWholeAndItsDependencyToo() throws Exception {
		List<String> slices = JAVA.matcher(this.page)
			.results()
			.map((result) -> result.group(1))
			.filter((snippet) -> SLICE.matcher(snippet).find())
			.toList();
		assertThat(slices).hasSize(3);
		for (String slice : slices) {
			String name = found("class (\\w+)", slice);
			String file = read(Path.of("src/test/java/io/github/zitadelserviceuser/test/example", name + ".java"));
			assertThat(flat(slice)).isEqualTo(flat(file.substring(file.indexOf("import"))));
			assertThat(file).contains("@AutoConfigureServiceUserToken");
			String artifact = this.page.substring(0, this.page.indexOf(slice))
				.replaceFirst("(?s).*<artifactId>(.*?)</artifactId>.*", "$1");
			String jar = Class.forName(found(SLICE.pattern(), slice))
				.getProtectionDomain()
				.getCodeSource()
				.getLocation()
				.getPath()
				.replaceFirst(".*/", "");
			assertThat(jar).startsWith(artifact.replace("-starter-", "-") + "-");
		}
	}

	@Test
	void dependenciesWhenShownThenAreThoseOfTheTests() {
		String pom = read(Path.of("pom.xml"));
		List<String> boots = Pattern.compile("<artifactId>(spring-boot-.*?)</artifactId>")
			.matcher(this.page)
			.results()
			.map((result) -> result.group())
			.toList();
		assertThat(boots).isNotEmpty().allSatisfy((artifact) -> assertThat(pom).contains(artifact));
	}

	@Test
	void labelsAndPropertiesWhenShownThenAreThoseOfTheCode() throws IOException {
		String sources = sources(Path.of("src/main/java"))
				+ sources(ROOT.resolve("zitadel-service-user-autoconfigure/src/main/java"));
		List<String> labels = Pattern.compile("io\\.github\\.zitadelserviceuser\\.[a-z-]+(?=:)")
			.matcher(this.page)
			.results()
			.map((result) -> "\"" + result.group() + "\"")
			.toList();
		assertThat(labels).hasSize(2).allSatisfy((label) -> assertThat(sources).contains(label));
	}

	private static String found(String pattern, String text) {
		return Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow().group(1);
	}

	private static String sources(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.map((file) -> flat(read(file)))
				.collect(Collectors.joining("\n"));
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
