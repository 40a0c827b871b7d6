// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what the documents show beside Java: configuration, dependencies and commands.
 */
class DocumentedConfigurationTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern SETTINGS = Pattern.compile("(?m)^ *```(yaml|properties)\n(.*?)^ *```", Pattern.DOTALL);

	private static final Pattern XML = Pattern.compile("(?m)^ *```xml\n(.*?)```", Pattern.DOTALL);

	private static final Pattern COORDINATES = Pattern
		.compile("<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>(?:\\s*<version>([^<]+)</version>)?");

	private static final Pattern VARIABLE = Pattern.compile("ZITADEL_SERVICEUSER_([A-Z]+)");

	private static final Pattern PROJECTS = Pattern.compile("\\./mvnw [^\n`]*-pl ([^ `\n]+)");

	// Of a library that is not on the class path of this module.
	private static final List<String> ELSEWHERE = List.of("spring.grpc.client.channel.",
			"spring.security.oauth2.client.");

	// Of Docker Compose.
	private static final List<String> NOT_OURS = List.of("services.", "labels.");

	private static final Set<String> METADATA = metadata();

	static Stream<Path> documents() throws IOException {
		return DocumentationTests.documents();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void keyWhenConfiguredThenExists(Path document) throws IOException {
		List<String> unknown = new ArrayList<>();
		for (MatchResult block : found(SETTINGS, document)) {
			keys(block.group(1), block.group(2).stripIndent()).filter((key) -> !isKnown(key)).forEach(unknown::add);
		}
		assertThat(unknown).isEmpty();
	}

	@Test
	void keyWhenOnTheClassPathThenIsNotExempt() {
		assertThat(METADATA).contains("zitadel.service-user.issuer-uri")
			.noneMatch((name) -> startsWithOneOf(ELSEWHERE, name) || startsWithOneOf(NOT_OURS, name));
	}

	@ParameterizedTest
	@MethodSource("documents")
	void variableWhenNamedThenIsThatOfAProperty(Path document) throws IOException {
		List<String> variables = METADATA.stream()
			.filter((name) -> name.startsWith("zitadel.service-user."))
			.map((name) -> name.substring("zitadel.service-user.".length()).replace("-", "").toUpperCase(Locale.ROOT))
			.toList();
		assertThat(found(VARIABLE, document)).extracting((result) -> result.group(1)).isSubsetOf(variables);
	}

	@ParameterizedTest
	@MethodSource("documents")
	void coordinatesWhenShownThenAreThoseOfTheBuild(Path document) throws IOException {
		String pom = Files.readString(ROOT.resolve("pom.xml"));
		String version = first("<artifactId>zitadel-service-user-parent</artifactId>\\s*<version>([^<]+)<", pom);
		String springBoot = first("<spring-boot.version>([^<]+)<", pom);
		for (MatchResult block : found(XML, document)) {
			String xml = block.group(1);
			for (MatchResult one : COORDINATES.matcher(xml).results().toList()) {
				String artifact = one.group(2);
				switch (one.group(1)) {
					case "io.github.zitadelserviceuser" -> {
						assertThat(ROOT.resolve(artifact).resolve("pom.xml")).exists();
						assertThat(resolved(one.group(3), xml)).as(artifact).isEqualTo(version);
					}
					case "org.springframework.boot" -> assertThat(one.group(3)).as(artifact).isIn(null, springBoot);
					default -> assertThat(one.group(1)).isEqualTo("com.example");
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("documents")
	void moduleWhenBuiltByACommandThenExists(Path document) throws IOException {
		assertThat(found(PROJECTS, document)).flatExtracting((result) -> List.of(result.group(1).split(",")))
			.allSatisfy((module) -> assertThat(ROOT.resolve(module).resolve("pom.xml")).exists());
	}

	private static Stream<String> keys(String language, String text) throws IOException {
		PropertySourceLoader loader = language.equals("yaml") ? new YamlPropertySourceLoader()
				: new PropertiesPropertySourceLoader();
		List<PropertySource<?>> sources = loader.load("snippet",
				new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)));
		assertThat(sources).isNotEmpty();
		return sources.stream()
			.flatMap((source) -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()));
	}

	private static boolean isKnown(String key) {
		// A named user has the properties of the unnamed one.
		String name = key.replaceFirst("\\[.*", "")
			.replaceFirst("^zitadel\\.service-users\\.[a-z0-9-]+\\.", "zitadel.service-user.")
			// Any name that a header may have.
			.replaceFirst("^(zitadel\\.service-user\\.headers)\\..+", "$1");
		return METADATA.contains(name) || startsWithOneOf(ELSEWHERE, name) || startsWithOneOf(NOT_OURS, name);
	}

	private static boolean startsWithOneOf(List<String> prefixes, String name) {
		return prefixes.stream().anyMatch(name::startsWith);
	}

	private static String resolved(String version, String xml) {
		return version.startsWith("${") ? first("<" + version.substring(2, version.length() - 1) + ">([^<]+)<", xml)
				: version;
	}

	private static String first(String pattern, String text) {
		return Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow().group(1);
	}

	private static List<MatchResult> found(Pattern pattern, Path document) throws IOException {
		return pattern.matcher(Files.readString(document)).results().toList();
	}

	private static Set<String> metadata() {
		Set<String> names = new HashSet<>();
		try {
			for (URL url : Collections.list(DocumentedConfigurationTests.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream input = url.openStream()) {
					for (JsonNode property : JsonMapper.builder().build().readTree(input).path("properties")) {
						names.add(property.path("name").asString());
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return names;
	}

}
