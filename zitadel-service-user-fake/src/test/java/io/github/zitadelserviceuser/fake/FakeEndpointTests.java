// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.io.EOFException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What an endpoint can be told.
 */
@Timeout(60)
class FakeEndpointTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final TestClient client = new TestClient(this.zitadel);

	@AfterEach
	void close() {
		this.zitadel.close();
	}

	static Stream<Arguments> answers() {
		return Stream.of(Arguments.of(FakeAnswer.internalError(), 500, "application/json", "Errors.Internal"),
				Arguments.of(FakeAnswer.instanceBlocked(), 429, "text/plain; charset=utf-8",
						"Your ZITADEL instance is blocked."),
				Arguments.of(FakeAnswer.badGateway(), 502, "text/html", "Bad Gateway"),
				Arguments.of(FakeAnswer.serviceUnavailable(), 503, "text/html", "Unavailable"),
				Arguments.of(FakeAnswer.gatewayTimeout(), 504, "text/html", "Gateway Time-out"),
				Arguments.of(FakeAnswer.json(200, "{\"error\":\"odd\"}"), 200, "application/json", "odd"),
				Arguments.of(FakeAnswer.of(418, "text/teapot", "ü"), 418, "text/teapot", "ü"));
	}

	@ParameterizedTest
	@MethodSource("answers")
	void answerNextWhenAskedForThenGivenSoManyTimesAndNoMore(FakeAnswer answer, int status, String contentType,
			String body) {
		this.zitadel.tokenEndpoint().answerNext(2, answer);
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> response = this.client.requestToken();
			assertThat(response.statusCode()).isEqualTo(status);
			assertThat(response.headers().firstValue("content-type")).contains(contentType);
			assertThat(response.body()).contains(body);
		}
		assertThat(this.client.requestToken().body()).contains("access_token");
		assertThat(this.zitadel.tokenRequests()).extracting(RecordedTokenRequest::outcome)
			.containsExactly(TokenOutcome.SCRIPTED, TokenOutcome.SCRIPTED, TokenOutcome.ISSUED);
		assertThat(this.zitadel.tokenRequests().get(0).claims()).containsKey("iss");
	}

	@Test
	void callsWhenRequestsArriveThenHaveMethodPathAndTokenUntilReset() {
		String token = this.client.token("openid");
		this.client.get("/oidc/v1/userinfo?verbose=true", token);
		this.client.get("/oidc/v1/userinfo");
		assertThat(this.zitadel.userInfo().calls())
			.extracting(RecordedCall::method, RecordedCall::path, RecordedCall::accessToken)
			.containsExactly(tuple("GET", "/oidc/v1/userinfo", token), tuple("GET", "/oidc/v1/userinfo", null));
		assertThat(this.zitadel.userInfo().calls().get(0).headers()).containsKey("user-agent");
		assertThat(this.zitadel.userInfo().calls().toString()).doesNotContain(token);
		assertThat(this.zitadel.api().calls()).isEmpty();
		this.zitadel.reset();
		assertThat(this.zitadel.userInfo().calls()).isEmpty();
	}

	@Test
	void answerAlwaysWhenAskedForThenGivenUntilToldOtherwise() {
		this.zitadel.tokenEndpoint()
			.answerAlways(FakeAnswer.serviceUnavailable().withRetryAfter(Duration.ofSeconds(7)));
		for (int i = 0; i < 5; i++) {
			HttpResponse<String> response = this.client.requestToken();
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.headers().firstValue("retry-after")).contains("7");
		}
		this.zitadel.tokenEndpoint().answerNormally();
		assertThat(this.client.requestToken().statusCode()).isEqualTo(200);
		assertThat(this.zitadel.tokenEndpoint().requestCount()).isEqualTo(6);
	}

	@Test
	void answerNextWhenDisconnectThenConnectionClosesAndTheNextIsAnswered() {
		this.zitadel.userInfo().answerAlways(FakeAnswer.disconnect());
		assertThatThrownBy(() -> this.client.get(UserInfoHandler.PATH)).isInstanceOf(IllegalStateException.class)
			.hasRootCauseInstanceOf(EOFException.class);
		this.zitadel.userInfo().answerNormally();
		assertThat(this.client.get(UserInfoHandler.PATH).statusCode()).isEqualTo(401);
	}

	@Test
	void answerWhenScriptedForOneEndpointThenOthersGoOn() {
		this.zitadel.discovery().answerNext(1, FakeAnswer.badGateway());
		assertThat(this.client.requestToken().statusCode()).isEqualTo(200);
		assertThat(this.client.get(DiscoveryHandler.PATH).statusCode()).isEqualTo(502);
		assertThat(this.client.get(DiscoveryHandler.PATH).statusCode()).isEqualTo(200);
	}

	@Test
	void holdWhenRequestsArriveThenTheyWaitForReleaseWhileOthersGoOn() throws Exception {
		this.zitadel.tokenEndpoint().hold();
		List<CompletableFuture<HttpResponse<String>>> held = Stream.generate(this.client::requestTokenLater)
			.limit(20)
			.toList();
		this.zitadel.tokenEndpoint().awaitWaiting(20);
		assertThat(held).noneMatch(CompletableFuture::isDone);
		assertThat(this.zitadel.tokenRequests()).isEmpty();
		assertThat(this.zitadel.tokenEndpoint().requestCount()).isEqualTo(20);
		assertThat(this.client.get(DiscoveryHandler.PATH).statusCode()).isEqualTo(200);
		this.zitadel.tokenEndpoint().answerNext(5, FakeAnswer.badGateway());
		this.zitadel.tokenEndpoint().release();
		int refused = 0;
		for (CompletableFuture<HttpResponse<String>> response : held) {
			refused += (response.get(30, TimeUnit.SECONDS).statusCode() == 502) ? 1 : 0;
		}
		assertThat(refused).isEqualTo(5);
		assertThat(this.client.requestToken().statusCode()).isEqualTo(200);
	}

	@Test
	void delayWhenSetThenRequestsTakeAsLong() {
		Duration delay = Duration.ofMillis(300);
		this.zitadel.tokenEndpoint().delay(delay);
		long start = System.nanoTime();
		assertThat(this.client.requestToken().statusCode()).isEqualTo(200);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay);
	}

	@Test
	void delayWhenReleasedThenCutShort() throws Exception {
		this.zitadel.tokenEndpoint().delay(Duration.ofHours(1));
		CompletableFuture<HttpResponse<String>> response = this.client.requestTokenLater();
		this.zitadel.tokenEndpoint().awaitWaiting(1);
		assertThat(response).isNotDone();
		this.zitadel.tokenEndpoint().release();
		assertThat(response.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
	}

	@Test
	void awaitRequestsWhenTheyArriveThenReturns() throws Exception {
		CompletableFuture<HttpResponse<String>> response = this.client.requestTokenLater();
		this.zitadel.tokenEndpoint().awaitRequests(1);
		assertThat(response.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
		assertThat(this.zitadel.tokenEndpoint().requestCount()).isOne();
	}

	@Test
	void resetWhenHoldingAndFailingThenNormalAgain() throws Exception {
		this.zitadel.tokenEndpoint().answerAlways(FakeAnswer.badGateway());
		this.zitadel.tokenEndpoint().hold();
		CompletableFuture<HttpResponse<String>> response = this.client.requestTokenLater();
		this.zitadel.tokenEndpoint().awaitWaiting(1);
		this.zitadel.reset();
		assertThat(response).failsWithin(Duration.ofSeconds(30));
		assertThat(this.zitadel.tokenEndpoint().requestCount()).isZero();
		assertThat(this.client.requestToken().statusCode()).isEqualTo(200);
	}

}
