// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The fake answers as a running ZITADEL did. The record has everything that was asked of
 * one; what the fake does not model is in it by name, with the reason.
 */
class RecordTests {

	@ParameterizedTest
	@MethodSource("io.github.zitadelserviceuser.fake.Observation#asked")
	void fakeWhenAskedAsZitadelWasThenAnswersAsItDid(Observation observation) {
		try (World world = new World(observation.fields().getOrDefault("time", ".05").toString())) {
			RawAnswer answer = world.answerTo(observation.fields());
			assertAnswer(observation.map("answer"), answer, world);
		}
	}

	private static void assertAnswer(Map<String, Object> expected, RawAnswer answer, World world) {
		if (expected.containsKey("aborted")) {
			assertThat(answer.isAborted()).isTrue();
			return;
		}
		assertThat(answer.status()).as(answer.body()).isEqualTo(expected.get("status"));
		if (expected.containsKey("type")) {
			assertThat(answer.headers()).containsEntry("content-type", expected.get("type").toString());
		}
		if (expected.get("headers") instanceof Map<?, ?> headers) {
			headers.forEach((name, value) -> assertThat(answer.headers()).hasEntrySatisfying(lowerCase(name),
					(found) -> assertThat(found).matches(world.pattern(value.toString()))));
		}
		if (expected.containsKey("without")) {
			assertThat(answer.headers()).doesNotContainKey(lowerCase(expected.get("without")));
		}
		if (expected.containsKey("body")) {
			assertThat(answer.body()).matches(world.pattern(expected.get("body").toString()));
		}
		assertJwt(expected, answer, world, "id token", "id_token");
		assertJwt(expected, answer, world, "access token", "access_token");
	}

	private static void assertJwt(Map<String, Object> expected, RawAnswer answer, World world, String name,
			String member) {
		for (String part : List.of("", " header")) {
			if (expected.containsKey(name + part)) {
				String jwt = Objects.requireNonNull(answer.json().get(member)).toString();
				byte[] json = Base64.getUrlDecoder().decode(jwt.split("\\.")[part.isEmpty() ? 1 : 0]);
				assertThat(new String(json, StandardCharsets.UTF_8))
					.matches(world.pattern(expected.get(name + part).toString()));
			}
		}
	}

	private static String lowerCase(Object name) {
		return name.toString().toLowerCase(Locale.ROOT);
	}

	@Test
	void recordWhenReadThenEachObservationIsARowOrLeftOutForAReason() {
		List<Map<String, Object>> sections = Observation.sections();
		assertThat(sections).hasSize(25);
		for (Map<String, Object> section : sections) {
			List<Observation> observations = Observation.of(section);
			assertThat(observations).as(section.get("section").toString())
				.hasSize((int) section.get("observations"))
				.allSatisfy(RecordTests::assertRowOrLeftOut);
		}
	}

	private static void assertRowOrLeftOut(Observation observation) {
		Map<String, Object> fields = observation.fields();
		assertThat(fields.get("observed")).asString().isNotBlank();
		if (fields.containsKey("left out")) {
			assertThat(fields.get("left out").toString()).isNotBlank();
			assertThat(fields).doesNotContainKeys("ask", "answer");
		}
		else {
			assertThat(fields).containsKey("ask")
				.containsAnyOf(Map.entry("answer", observation.map("answer")), Map.entry("at", observation.map("at")));
		}
	}

}
