// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.soak;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SoakResultTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final SoakSettings SETTINGS = SoakSettings.lasting(MINUTE);

	private final Ledger ledger = new Ledger();

	@Test
	void violationsWhenAllIsWellThenNone() {
		succeed(60_000);
		assertThat(result(ideal(), 0).violations()).isEmpty();
	}

	@Test
	void violationsWhenCallFailedForWantOfATokenThenNone() {
		succeed(60_000);
		this.ledger.begin();
		this.ledger.end(new IllegalStateException("No token"), false);
		assertThat(result(ideal(), 0).violations()).isEmpty();
		assertThat(this.ledger.unavoidable()).isOne();
	}

	@Test
	void violationsWhenCallFailedInSpiteOfATokenThenOne() {
		succeed(60_000);
		this.ledger.begin();
		this.ledger.end(new IllegalStateException("No token"), true);
		assertThat(result(ideal(), 0).violations()).singleElement()
			.asString()
			.startsWith("1 calls failed while a usable token was held");
	}

	@Test
	void violationsWhenTokenHadExpiredThenOne() {
		succeed(60_000);
		this.ledger.expiredToken();
		assertThat(result(ideal(), 0).violations()).containsExactly("1 calls with an expired token");
	}

	@Test
	void violationsWhenCallNeverEndedThenOne() {
		succeed(60_000);
		this.ledger.begin();
		assertThat(result(ideal(), 0).violations()).singleElement().asString().startsWith("1 calls never ended");
	}

	@Test
	void violationsWhenTooManyTokenRequestsThenOne() {
		succeed(60_000);
		assertThat(result(ideal() * 1.09, 0).violations()).isEmpty();
		assertThat(result(ideal() * 1.12, 0).violations()).singleElement().asString().contains("the ideal");
	}

	@Test
	void violationsWhenHeapGrewThenOne() {
		succeed(60_000);
		assertThat(result(ideal(), 1 << 20).violations()).isEmpty();
		assertThat(result(ideal(), 3 << 20).violations()).singleElement().asString().contains("the heap grew");
	}

	@Test
	void violationsWhenNextToNothingHappenedThenNoVerdict() {
		succeed(10);
		assertThat(result(ideal(), 0).violations()).singleElement().asString().contains("too busy for a verdict");
	}

	@Test
	void idealRequestsWhenOneIntervalThenOneAndAHalfPerApplication() {
		assertThat(SETTINGS.idealRequests(Duration.ofMillis(2850))).isEqualTo(24 * 1.5);
	}

	private void succeed(int calls) {
		for (int i = 0; i < calls; i++) {
			this.ledger.begin();
			this.ledger.end(null, true);
		}
	}

	private static double ideal() {
		return SETTINGS.idealRequests(MINUTE);
	}

	private SoakResult result(double tokenRequests, long heapGrowth) {
		return new SoakResult(SETTINGS, MINUTE, this.ledger, (long) tokenRequests, Map.of(Fault.HTML, 1), heapGrowth,
				0);
	}

}
