// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.io.IOException;
import java.math.BigInteger;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The server as a whole.
 */
@Timeout(60)
class FakeZitadelTests {

	@Test
	void startWhenListeningThenOnLoopbackOnly() throws Exception {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			assertThat(zitadel.address().getAddress().isLoopbackAddress()).isTrue();
			assertThat(zitadel.address().getAddress().isAnyLocalAddress()).isFalse();
			List<InetAddress> others = NetworkInterface.networkInterfaces()
				.flatMap(NetworkInterface::inetAddresses)
				.filter((address) -> !address.isLoopbackAddress())
				.toList();
			for (InetAddress address : others) {
				assertThatThrownBy(() -> connect(address, zitadel.port())).isInstanceOf(IOException.class);
			}
			connect(InetAddress.getByName("localhost"), zitadel.port());
		}
	}

	private static void connect(InetAddress address, int port) throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(address, port), 2000);
		}
	}

	@Test
	void startWhenPortIsTakenThenSaysWhatToDo() {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			assertThatThrownBy(() -> FakeZitadel.builder().port(zitadel.port()).start())
				.hasMessageContaining(Integer.toString(zitadel.port()))
				.hasMessageContaining("choose another port")
				.hasCauseInstanceOf(BindException.class);
		}
	}

	@Test
	void startWhenClosedThenPortCanBeTakenAgain() {
		FakeZitadel first = FakeZitadel.start();
		assertThat(new TestClient(first).requestToken().statusCode()).isEqualTo(200);
		first.close();
		try (FakeZitadel second = FakeZitadel.builder().port(first.port()).start()) {
			assertThat(second.issuer()).isEqualTo(first.issuer());
			assertThat(new TestClient(second).requestToken().statusCode()).isEqualTo(200);
		}
	}

	@Test
	void closeWhenRequestsAreHeldThenThreadsEndAndClientsNotice() throws Exception {
		FakeZitadel zitadel = FakeZitadel.start();
		TestClient client = new TestClient(zitadel);
		assertThat(client.get(DiscoveryHandler.PATH).statusCode()).isEqualTo(200);
		zitadel.tokenEndpoint().hold();
		CompletableFuture<HttpResponse<String>> held = client.requestTokenLater();
		zitadel.tokenEndpoint().awaitWaiting(1);
		assertThat(threads(zitadel)).isNotEmpty().allMatch(Thread::isDaemon);
		zitadel.close();
		assertNoThreads(zitadel);
		assertThat(held).failsWithin(Duration.ofSeconds(30));
		assertThatThrownBy(() -> connect(InetAddress.getLoopbackAddress(), zitadel.port()))
			.isInstanceOf(IOException.class);
	}

	@Test
	void closeWhenCalledTwiceThenNothingHappens() throws InterruptedException {
		FakeZitadel zitadel = FakeZitadel.start();
		zitadel.close();
		zitadel.close();
		assertNoThreads(zitadel);
	}

	/**
	 * A pool that has terminated has done its work; its last thread may need a moment
	 * more to end.
	 */
	private static void assertNoThreads(FakeZitadel zitadel) throws InterruptedException {
		for (Thread thread : threads(zitadel)) {
			thread.join(Duration.ofSeconds(5).toMillis());
		}
		assertThat(threads(zitadel)).isEmpty();
	}

	private static List<Thread> threads(FakeZitadel zitadel) {
		String prefix = "fake-zitadel-" + zitadel.port() + "-";
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(prefix) && thread.isAlive())
			.toList();
	}

	@Test
	void resetWhenEverythingIsChangedThenNormalButTokensStay() {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			TestClient client = new TestClient(zitadel);
			zitadel.tokenLifetime(Duration.ofSeconds(5000));
			zitadel.clockOffset(Duration.ofDays(-1));
			zitadel.serviceUser().deactivate();
			zitadel.serviceUser().denyApiPermission();
			assertThat(client.requestToken().statusCode()).isEqualTo(400);
			zitadel.reset();
			assertThat(zitadel.tokenRequests()).isEmpty();
			assertThat(zitadel.issuedTokens()).isEmpty();
			assertThat(TestClient.json(client.requestToken())).containsEntry("expires_in", 43199);
			String token = zitadel.issuedTokens().get(0).value();
			zitadel.reset();
			assertThat(zitadel.isValid(token)).isTrue();
		}
	}

	@Test
	void databaseDownWhenSetThenEveryPathSaysSoUntilItIsBack() {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			TestClient client = new TestClient(zitadel);
			String token = client.token("openid urn:zitadel:iam:org:project:id:zitadel:aud");
			zitadel.databaseDown(true);
			String failure = "unable to set instance using origin &{localhost:" + zitadel.port()
					+ "  http} (ExternalDomain is localhost): ID=QUERY-d3fas Message=An internal error occurred Parent=(";
			for (HttpResponse<String> response : List.of(client.get(DiscoveryHandler.PATH), client.requestToken(),
					client.get(UserInfoHandler.PATH, token), client.get(SigningKey.PATH))) {
				assertThat(response.statusCode()).isEqualTo(404);
				assertThat(response.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
				assertThat(response.body()).startsWith(failure + "failed to connect to ")
					.endsWith("connect: connection refused)\n");
			}
			HttpResponse<String> api = client.get(ApiHandler.ME_PATH, token);
			assertThat(api.statusCode()).isEqualTo(404);
			assertThat(TestClient.json(api)).containsOnlyKeys("code", "message").containsEntry("code", 5);
			assertThat(TestClient.json(api).get("message").toString())
				.startsWith(failure + "unable to get instance by host: instanceHost localhost:" + zitadel.port()
						+ ", publicHost : ID=QUERY-d3fas Message=Errors.Internal Parent=(failed to connect to ")
				.endsWith("connection refused))");
			assertThat(zitadel.tokenRequests()).last()
				.extracting(RecordedTokenRequest::outcome)
				.isEqualTo(TokenOutcome.DATABASE_DOWN);
			zitadel.databaseDown(false);
			assertThat(client.requestToken().statusCode()).isEqualTo(200);
			assertThat(client.get(ApiHandler.ME_PATH, token).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void instanceBlockedWhenSetThenEveryPathSaysSoUntilUnblocked() {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			TestClient client = new TestClient(zitadel);
			String token = client.token("openid urn:zitadel:iam:org:project:id:zitadel:aud");
			zitadel.instanceBlocked(true);
			for (HttpResponse<String> response : List.of(client.get(DiscoveryHandler.PATH), client.requestToken(),
					client.get(UserInfoHandler.PATH, token), client.get(SigningKey.PATH))) {
				assertThat(response.statusCode()).isEqualTo(429);
				assertThat(response.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
				assertThat(response.body()).isEqualTo("Your ZITADEL instance is blocked.\n");
			}
			HttpResponse<String> api = client.get(ApiHandler.ME_PATH, token);
			assertThat(api.statusCode()).isEqualTo(429);
			assertThat(api.body())
				.isEqualTo("{\"code\":8,\"message\":\"Errors.Limits.Instance.Blocked (LIMITS-molsj)\","
						+ "\"details\":[{\"@type\":\"type.googleapis.com/zitadel.v1.ErrorDetail\",\"id\":\"LIMITS-molsj\","
						+ "\"message\":\"Errors.Limits.Instance.Blocked\"}]}");
			assertThat(zitadel.tokenRequests()).last()
				.extracting(RecordedTokenRequest::outcome)
				.isEqualTo(TokenOutcome.INSTANCE_BLOCKED);
			zitadel.reset();
			assertThat(client.requestToken().statusCode()).isEqualTo(200);
			assertThat(client.get(UserInfoHandler.PATH, token).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void answerWhenOfTheServerItselfThenHasItsHeadersAndALineFeed() {
		MutableClock clock = new MutableClock();
		try (FakeZitadel zitadel = FakeZitadel.builder().clock(clock).start()) {
			TestClient client = new TestClient(zitadel);
			HttpResponse<String> token = client.requestToken();
			for (HttpResponse<String> response : List.of(client.get(DiscoveryHandler.PATH), token,
					client.requestToken(Map.of()), client.get(UserInfoHandler.PATH))) {
				assertThat(response.headers().map()).containsEntry("cache-control", List.of("no-store"))
					.containsEntry("pragma", List.of("no-cache"))
					.containsEntry("vary", List.of("Cookie"))
					.containsEntry("x-robots-tag", List.of("none"))
					.containsEntry("expires", List.of("Sat, 31 Jan 2026 22:59:58 GMT"));
				assertThat(response.body()).endsWith("}\n");
			}
			assertThat(token.headers().firstValue("set-cookie").orElseThrow())
				.matches("zitadel\\.useragent=[A-Za-z0-9_-]{86}; Path=/; Domain=localhost; Max-Age=31536000; HttpOnly; "
						+ "SameSite=Lax");
			assertThat(client.get(UserInfoHandler.PATH).headers().firstValue("set-cookie"))
				.contains("zitadel.quota.exhausted=; Path=/; Max-Age=0; SameSite=Lax");
			HttpResponse<String> keys = client.get(SigningKey.PATH);
			assertThat(keys.headers().firstValue("cache-control")).contains("max-age=300, must-revalidate");
			HttpResponse<String> api = client.get(ApiHandler.ME_PATH);
			assertThat(api.headers().firstValue("vary")).contains("Origin");
			assertThat(api.headers().firstValue("set-cookie")).isEmpty();
			assertThat(api.body()).endsWith("}");
			zitadel.tokenEndpoint().answerNext(1, FakeAnswer.badGateway());
			assertThat(client.requestToken().headers().map()).doesNotContainKeys("pragma", "vary");
		}
	}

	@Test
	void idTokenWhenIssuedThenSignedAndAlreadyExpired() throws Exception {
		MutableClock clock = new MutableClock();
		try (FakeZitadel zitadel = FakeZitadel.builder().clock(clock).start()) {
			TestClient client = new TestClient(zitadel);
			String[] parts = TestClient.json(client.requestToken()).get("id_token").toString().split("\\.");
			Map<String, Object> claims = Json.readObject(Base64.getUrlDecoder().decode(parts[1]));
			assertThat(claims).containsEntry("iss", zitadel.issuer())
				.containsEntry("sub", zitadel.serviceUser().id())
				.containsEntry("aud", List.of("service-user"))
				.containsEntry("azp", "service-user")
				.containsEntry("client_id", "service-user")
				.doesNotContainKey("amr");
			assertThat(claims.get("at_hash").toString()).matches("[A-Za-z0-9_-]{22}");
			assertThat(claims).containsEntry("exp", (int) clock.instant().getEpochSecond())
				.containsEntry("iat", (int) clock.instant().getEpochSecond());
			List<?> keys = (List<?>) TestClient.json(client.get(SigningKey.PATH)).get("keys");
			Map<?, ?> jwk = (Map<?, ?>) keys.get(0);
			Signature signature = Signature.getInstance("SHA256withRSA");
			signature.initVerify(KeyFactory.getInstance("RSA")
				.generatePublic(new RSAPublicKeySpec(number(jwk.get("n")), number(jwk.get("e")))));
			signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
			assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
		}
	}

	private static BigInteger number(Object base64url) {
		return new BigInteger(1, Base64.getUrlDecoder().decode(base64url.toString()));
	}

	@Test
	void requestsWhenManyAtOnceThenEachIsAnsweredAndRecorded() {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			TestClient client = new TestClient(zitadel);
			zitadel.serviceUser().key();
			List<CompletableFuture<HttpResponse<String>>> responses = Stream.generate(client::requestTokenLater)
				.limit(200)
				.toList();
			assertThat(responses).allSatisfy((response) -> assertThat(response.join().statusCode()).isEqualTo(200));
			assertThat(zitadel.tokenRequests()).hasSize(200)
				.allMatch((request) -> request.outcome() == TokenOutcome.ISSUED);
			assertThat(zitadel.issuedTokens()).extracting(IssuedToken::value).doesNotHaveDuplicates().hasSize(200);
		}
	}

	@Test
	void issueWhenUserIsDeactivatedMeanwhileThenNoTokenSurvives() throws Exception {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			TestClient client = new TestClient(zitadel);
			List<CompletableFuture<HttpResponse<String>>> responses = Stream.generate(client::requestTokenLater)
				.limit(50)
				.toList();
			zitadel.tokenEndpoint().awaitRequests(10);
			zitadel.serviceUser().deactivate();
			responses.forEach(CompletableFuture::join);
			assertThat(zitadel.issuedTokens()).noneMatch((token) -> zitadel.isValid(token.value()));
		}
	}

}
