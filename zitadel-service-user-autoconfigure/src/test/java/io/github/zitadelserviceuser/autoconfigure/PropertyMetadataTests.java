// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor shows of the properties.
 */
class PropertyMetadataTests {

	private static final Map<String, String> DEFAULTS = new TreeMap<>(Map.ofEntries(Map.entry("enabled", "true"),
			Map.entry("scopes", "[\"openid\",\"profile\",\"email\"]"), Map.entry("api-access", "false"),
			Map.entry("project-roles", "false"), Map.entry("require-https", "true"), Map.entry("refresh-at", "0.8"),
			Map.entry("keep-warm", "false"), Map.entry("connect-timeout", "\"5s\""),
			Map.entry("read-timeout", "\"5s\""), Map.entry("token-timeout", "\"10s\"")));

	private static final String PREFIX = "zitadel.service-user.";

	@Test
	void everyPropertyHasADescription() throws IOException {
		assertThat(properties()).hasSizeGreaterThan(DEFAULTS.size())
			.allSatisfy((name, property) -> assertThat(property.path("description").asString()).as(name)
				.matches("[A-Z][^\\n]{10,}\\."));
	}

	@Test
	void propertiesHaveTheDefaultsThatAreDocumented() throws IOException {
		Map<String, JsonNode> properties = properties();
		DEFAULTS.forEach((name, value) -> assertThat(properties.get(name).path("defaultValue").toString()).as(name)
			.isEqualTo(value));
	}

	@Test
	void everyPropertyOfTheRecordIsThere() throws IOException {
		assertThat(properties())
			.hasSizeGreaterThanOrEqualTo(ZitadelServiceUserProperties.class.getRecordComponents().length);
	}

	private static Map<String, JsonNode> properties() throws IOException {
		Map<String, JsonNode> properties = new TreeMap<>();
		try (InputStream stream = ZitadelServiceUserProperties.class.getClassLoader()
			.getResourceAsStream("META-INF/spring-configuration-metadata.json")) {
			for (JsonNode property : JsonMapper.shared().readTree(stream).path("properties")) {
				String name = property.path("name").asString();
				if (name.startsWith(PREFIX)) {
					properties.put(name.substring(PREFIX.length()), property);
				}
			}
		}
		return properties;
	}

}
