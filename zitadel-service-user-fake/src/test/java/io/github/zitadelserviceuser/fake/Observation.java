// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * What was asked of a running ZITADEL, and what it answered: a row of the record in the
 * test resources, whose README says what its fields mean.
 *
 * @param section under which heading it was recorded
 * @param number its number in that section
 * @param fields the fields of the row
 */
record Observation(String section, int number, Map<String, Object> fields) {

	/**
	 * Return the whole record.
	 * @return the sections, as they stand in the files
	 */
	@SuppressWarnings("unchecked")
	static List<Map<String, Object>> sections() {
		LoaderOptions options = new LoaderOptions();
		options.setMaxAliasesForCollections(Integer.MAX_VALUE);
		try (Stream<Path> files = Files.list(Path.of(Observation.class.getResource("/record").toURI()))) {
			List<Map<String, Object>> sections = new ArrayList<>();
			for (Path file : files.filter((path) -> path.toString().endsWith(".yaml")).sorted().toList()) {
				try (InputStream in = Files.newInputStream(file)) {
					sections.addAll((List<Map<String, Object>>) new Yaml(options).load(in));
				}
			}
			return sections;
		}
		catch (IOException | URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SuppressWarnings("unchecked")
	static List<Observation> of(Map<String, Object> section) {
		List<Observation> observations = new ArrayList<>();
		for (Map<String, Object> row : (List<Map<String, Object>>) section.get("rows")) {
			observations.add(new Observation(section.get("section").toString(), observations.size() + 1, row));
		}
		return observations;
	}

	/**
	 * Return what can be asked of a fake.
	 * @return one for each time within a second if it was recorded so
	 */
	static Stream<Observation> asked() {
		return sections().stream()
			.flatMap((section) -> of(section).stream())
			.filter((observation) -> observation.fields.containsKey("ask"))
			.flatMap(Observation::atEachTime);
	}

	private Stream<Observation> atEachTime() {
		if (!this.fields.containsKey("at")) {
			return Stream.of(this);
		}
		return map("at").entrySet().stream().map((time) -> {
			Map<String, Object> one = new HashMap<>(this.fields);
			one.put("time", time.getKey());
			one.put("answer", Map.of("status", time.getValue()));
			return new Observation(this.section, this.number, one);
		});
	}

	@SuppressWarnings("unchecked")
	Map<String, Object> map(String field) {
		return (Map<String, Object>) this.fields.getOrDefault(field, Map.of());
	}

	@Override
	public String toString() {
		return this.section + " " + this.number + ": " + this.fields.get("observed")
				+ this.fields.getOrDefault("time", "");
	}

}
