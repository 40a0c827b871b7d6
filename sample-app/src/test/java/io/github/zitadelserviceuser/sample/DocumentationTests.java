// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of all the documents: their code is compiled somewhere, the properties they name
 * exist, and their links lead somewhere. What they show beside Java is tested by
 * {@link DocumentedConfigurationTests}.
 */
class DocumentationTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern JAVA = Pattern.compile("(?m)^ *```java\n(.*?)```", Pattern.DOTALL);

	private static final Pattern PROPERTY = Pattern
		.compile("zitadel\\.service-user(?:s\\.(?:<name>|[a-z0-9-]+))?\\.([a-z-]+)");

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	private static final Pattern PROFILE = Pattern.compile("\\./mvnw [^\n`]*-P([a-z0-9.-]+)");

	private static final String SOURCES = sources();

	static Stream<Path> documents() throws IOException {
		try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
			return Stream.concat(Stream.of("README.md", "CONTRIBUTING.md", "benchmarks/README.md").map(ROOT::resolve),
					docs.filter((file) -> file.toString().endsWith(".md")).sorted().toList().stream());
		}
	}

	@ParameterizedTest
	@MethodSource("documents")
	void javaWhenShownThenIsCompiledSomewhere(Path document) {
		assertThat(JAVA.matcher(read(document)).results().map((result) -> flat(result.group(1))))
			.allSatisfy((snippet) -> assertThat(SOURCES).contains(snippet));
	}

	@ParameterizedTest
	@MethodSource("documents")
	void propertyWhenNamedThenExists(Path document) {
		String metadata = ReadmeTests.metadata().keySet().toString();
		assertThat(PROPERTY.matcher(read(document)).results().map((result) -> result.group(1)))
			.allSatisfy((property) -> assertThat(metadata).containsPattern("[\\[ ]" + property + "[,\\]]"));
	}

	@ParameterizedTest
	@MethodSource("documents")
	void linkWhenWithinTheProjectThenLeadsSomewhere(Path document) {
		String text = read(document);
		List<String> dead = new ArrayList<>();
		LINK.matcher(text)
			.results()
			.map((result) -> result.group(1))
			.filter((link) -> !link.matches("[a-z]+:.*"))
			.filter((link) -> !leadsSomewhere(document, link))
			.forEach(dead::add);
		assertThat(dead).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void profileWhenNamedThenExists(Path document) {
		String poms = read(ROOT.resolve("pom.xml")) + read(ROOT.resolve("benchmarks/pom.xml"));
		assertThat(PROFILE.matcher(read(document)).results().map((result) -> result.group(1)))
			.allSatisfy((profile) -> assertThat(poms).contains("<id>" + profile + "</id>"));
	}

	@Test
	void documentsWhenThereThenAreLinkedFromTheReadme() throws IOException {
		String readme = read(ROOT.resolve("README.md"));
		assertThat(documents().filter((document) -> document.getParent().endsWith("docs")))
			.allSatisfy((document) -> assertThat(readme).contains("(docs/" + document.getFileName() + ")"));
	}

	private static boolean leadsSomewhere(Path document, String link) {
		URI uri = URI.create(link);
		Path target = uri.getPath().isEmpty() ? document : document.resolveSibling(uri.getPath());
		if (!Files.exists(target)) {
			return false;
		}
		return uri.getFragment() == null || anchors(read(target)).contains(uri.getFragment());
	}

	private static List<String> anchors(String text) {
		return text.lines()
			.filter((line) -> line.startsWith("#"))
			.map((line) -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
			.map((heading) -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
			.toList();
	}

	private static String sources() {
		try (Stream<Path> files = Files.walk(ROOT)) {
			String java = files
				.filter((file) -> file.toString().endsWith(".java") && !file.toString().contains("/target/"))
				.map((file) -> flat(read(file)))
				.collect(Collectors.joining("\n"));
			// Built as a project of its own, see integration-tests/getting-started.
			return java + "\n"
					+ JAVA.matcher(read(ROOT.resolve("docs/getting-started.md")))
						.results()
						.map((MatchResult result) -> flat(result.group(1)))
						.collect(Collectors.joining("\n"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Without indentation, which differs between the documents and the sources.
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
