// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.RecordingServer;
import io.github.zitadelserviceuser.token.TokenRequestException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is worth repeating, and what is not.
 */
@RecipeTest
class PatientOrdersTests {

	private static final Order ORDER = new Order("7", 12);

	@Autowired
	FakeZitadel zitadel;

	@Autowired
	RecordingServer server;

	@Autowired
	PatientOrders orders;

	@Autowired
	Attempts attempts;

	@BeforeEach
	void reset() {
		this.server.reset();
		this.attempts.reset();
	}

	@AfterEach
	void acceptTokens() {
		this.server.accept(this.zitadel::isValid);
	}

	@Test
	void orderWhenServerIsUnavailableThenAsksAgain() {
		this.server.failNext(503);
		assertThat(this.orders.order("7")).isEqualTo(ORDER);
		assertThat(this.server.calls()).hasSize(2);
	}

	@Test
	void reactiveOrderWhenServerIsUnavailableThenAsksAgain() {
		this.server.failNext(503);
		assertThat(this.orders.reactiveOrder("7").block()).isEqualTo(ORDER);
		assertThat(this.server.calls()).hasSize(2);
	}

	@Test
	void orderWhenThereIsNoTokenForAWhileThenAsksAgain() {
		this.zitadel.tokenEndpoint().answerAlways(FakeAnswer.internalError());
		CompletableFuture<Order> order = CompletableFuture.supplyAsync(() -> this.orders.order("7"));
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(this.attempts::failed, (failed) -> failed > 0);
		this.zitadel.tokenEndpoint().answerNormally();
		assertThat(order).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(ORDER);
	}

	@Test
	void orderWhenUserIsLockedThenFailsAtOnce() {
		this.zitadel.serviceUser().lock();
		assertThatExceptionOfType(TokenRequestException.class).isThrownBy(() -> this.orders.order("7"));
		assertThat(this.zitadel).hasTokenRequests(1);
		assertThat(this.attempts.failed()).isOne();
	}

	@Test
	void orderWhenTokenIsAlwaysRejectedThenIsRepeatedByOurClientAlone() {
		this.server.accept((token) -> false);
		assertThatExceptionOfType(HttpClientErrorException.Unauthorized.class).isThrownBy(() -> this.orders.order("7"));
		assertThat(this.server.calls()).hasSize(2);
		assertThatExceptionOfType(WebClientResponseException.Unauthorized.class)
			.isThrownBy(() -> this.orders.reactiveOrder("7").block());
		assertThat(this.server.calls()).hasSize(4);
	}

}
