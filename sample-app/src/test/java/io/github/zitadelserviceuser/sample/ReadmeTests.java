// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the README: what it shows is what is there.
 */
class ReadmeTests {

	private static final Path ROOT = Path.of("..");

	private static final String PREFIX = "zitadel.service-user.";

	private static final Pattern PROPERTY = Pattern
		.compile("(?m)^\\| `([a-z-]+)(?:\\.<name>)?` \\| (?:`([^`]*)`)? ?\\|");

	private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

	private final String readme = read(ROOT.resolve("README.md"));

	@Test
	void propertiesWhenListedThenAreThoseOfTheMetadataWithTheirDefaults() {
		Map<String, String> listed = PROPERTY.matcher(this.readme)
			.results()
			.filter((result) -> !this.readme.substring(0, result.start()).contains("## Where things are"))
			.collect(Collectors.toMap((result) -> result.group(1), ReadmeTests::listedDefault, (one, other) -> other,
					TreeMap::new));
		assertThat(listed).isEqualTo(metadata());
	}

	@Test
	void modulesWhenBuiltThenAreListed() {
		List<String> modules = MODULE.matcher(read(ROOT.resolve("pom.xml")))
			.results()
			.map((result) -> "| `" + result.group(1) + "` |")
			.toList();
		assertThat(modules).isNotEmpty().allSatisfy((module) -> assertThat(this.readme).contains(module));
	}

	@Test
	void testCommandWhenShownThenIsTheOneOfContinuousIntegration() {
		assertThat(this.readme).contains("```shell\n./mvnw verify\n```");
		assertThat(read(ROOT.resolve(".ci/run"))).contains("exec ./mvnw verify\n");
	}

	private static String listedDefault(MatchResult result) {
		return (result.group(2) != null) ? result.group(2) : "";
	}

	static Map<String, String> metadata() {
		Map<String, String> defaults = new TreeMap<>();
		try {
			for (URL url : Collections
				.list(ReadmeTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream input = url.openStream()) {
					for (JsonNode property : JsonMapper.builder().build().readTree(input).path("properties")) {
						String name = property.path("name").asString();
						if (name.startsWith(PREFIX)) {
							defaults.put(name.substring(PREFIX.length()), defaultValue(property.path("defaultValue")));
						}
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return defaults;
	}

	private static String defaultValue(JsonNode value) {
		return value.isArray() ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
				: value.asString("");
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
