// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The health of each state of the token with each failure is what the table in
 * {@code operating.md} says. Its rows are read as it says: the first that fits counts.
 */
class HealthTableTests {

	private static final Path PAGE = Path.of("..", "docs", "operating.md");

	private static final Pattern ROW = Pattern.compile(
			"^\\| (?<token>[^|]+) \\| (?<failure>[^|]+) \\| (?<status>`[A-Z]+`) \\| [^|]+ \\|$", Pattern.MULTILINE);

	private static final Pattern WORD = Pattern.compile("`([a-z_]+)`( with an error code)?");

	private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

	@ParameterizedTest
	@MethodSource("rows")
	void healthWhenRowFitsThenIsItsStatus(Row row) throws IOException {
		List<Situation> fitting = situations().filter((situation) -> row.equals(firstThatFits(situation))).toList();
		assertThat(fitting).isNotEmpty()
			.allSatisfy((situation) -> assertThat(situation.health()).isEqualTo(row.status()));
	}

	@Test
	void healthThenEachSituationIsInTheTable() {
		assertThat(situations()).hasSize(5 * (1 + 3 * 2 * Reason.values().length))
			.allSatisfy((situation) -> assertThat(firstThatFits(situation)).isNotNull());
	}

	@Test
	void healthThenEachReasonInTheTableIsOne() throws IOException {
		List<String> reasons = Stream.concat(Stream.of("none"), Stream.of(Reason.values()).map(HealthTableTests::word))
			.toList();
		assertThat(rows()).hasSize(8)
			.allSatisfy((row) -> assertThat(WORD.matcher(row.failure()).results().map((word) -> word.group(1)))
				.isSubsetOf(reasons));
	}

	static List<Row> rows() throws IOException {
		String section = Files.readString(PAGE).split("## Metrics", 2)[0];
		return ROW.matcher(section)
			.results()
			.map((row) -> new Row(row.group(1), row.group(2), row.group(3).replace("`", "")))
			.toList();
	}

	private static @Nullable Row firstThatFits(Situation situation) {
		try {
			return rows().stream().filter((row) -> row.fits(situation)).findFirst().orElse(null);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String word(Reason reason) {
		return reason.name().toLowerCase(Locale.ROOT);
	}

	private static Stream<Situation> situations() {
		List<Situation> situations = new ArrayList<>();
		for (String token : List.of("none", "fresh", "stale", "rejected", "spent")) {
			situations.add(new Situation(token, null, false, Age.RECENT));
			for (Reason reason : Reason.values()) {
				for (Age age : Age.values()) {
					situations.add(new Situation(token, reason, false, age));
					situations.add(new Situation(token, reason, true, age));
				}
			}
		}
		return situations.stream();
	}

	private enum Age {

		RECENT(Duration.ofSeconds(59), Duration.ofSeconds(-50)),

		ASKED_TO_WAIT(Duration.ofSeconds(90), Duration.ofSeconds(1)),

		LONG_AGO(Duration.ofSeconds(60), Duration.ZERO);

		private final Duration failed;

		private final Duration nextAttempt;

		Age(Duration failed, Duration nextAttempt) {
			this.failed = failed;
			this.nextAttempt = nextAttempt;
		}

	}

	record Row(String token, String failure, String status) {

		boolean fits(Situation situation) {
			return words(this.token).anyMatch((word) -> word.group(1).equals(situation.token()))
					&& fitsFailure(situation) && !(this.failure.contains("a minute ago") && situation.isRecent());
		}

		private boolean fitsFailure(Situation situation) {
			Reason reason = situation.reason();
			if (reason == null) {
				return this.failure.contains("`none`") || this.failure.equals("any or none");
			}
			return this.failure.startsWith("any")
					|| words(this.failure).anyMatch((word) -> word.group(1).equals(HealthTableTests.word(reason))
							&& (word.group(2) == null || situation.hasErrorCode()));
		}

		private static Stream<MatchResult> words(String cell) {
			return WORD.matcher(cell).results();
		}

	}

	record Situation(String token, @Nullable Reason reason, boolean hasErrorCode, Age age) {

		boolean isRecent() {
			return this.age != Age.LONG_AGO;
		}

		String health() {
			return new ServiceUserHealthIndicator(() -> new TokenStatus(held(), false, failure()), null,
					Clock.fixed(NOW, ZoneOffset.UTC))
				.health()
				.getStatus()
				.getCode();
		}

		private TokenStatus.@Nullable Held held() {
			if (this.token.equals("none")) {
				return null;
			}
			return new TokenStatus.Held(NOW.minusSeconds(600), NOW.minusSeconds(60), NOW.plusSeconds(60),
					NOW.plusSeconds(120), this.token.equals("rejected"), this.token.equals("fresh"),
					!this.token.equals("spent"));
		}

		private TokenStatus.@Nullable Failure failure() {
			return (this.reason != null) ? new TokenStatus.Failure(new TokenRequestException(this.reason, "Failed",
					this.hasErrorCode ? "server_error" : null, null, null), 1, NOW.minus(this.age.failed),
					NOW.plus(this.age.nextAttempt)) : null;
		}

	}

}
