// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The HTTP of it.
 */
class LoopbackServerTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final String REQUEST = "GET /.well-known/openid-configuration HTTP/1.1\r\nHost: localhost\r\n";

	@AfterAll
	static void close() {
		ZITADEL.close();
	}

	@Test
	void exchangeWhenRequestsArePipelinedThenBothAreAnsweredOnOneConnection() throws IOException {
		String answers = exchange(REQUEST + "\r\n" + REQUEST + "Connection: close\r\n\r\n");
		assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(3);
	}

	@Test
	void exchangeWhenClientAsksFirstThenToldToGoOn() {
		TestClient client = new TestClient(ZITADEL);
		String form = TestClient.encode(client.form(client.assertion().compact()));
		assertThat(client.send(client.tokenRequest(form).expectContinue(true)).statusCode()).isEqualTo(200);
	}

	@Test
	void exchangeWhenMethodIsHeadThenNoBody() throws IOException {
		String answer = exchange(REQUEST.replace("GET", "HEAD") + "Connection: close\r\n\r\n");
		assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n").doesNotContain("issuer");
	}

	@Test
	void exchangeWhenBodyIsChunkedThenRead() throws IOException {
		String answer = exchange("POST /oauth/v2/token HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
				+ "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
				+ "6;x=y\r\ngrant_\r\n8\r\ntype=foo\r\n0\r\nTrailer: x\r\n\r\n");
		assertThat(answer).contains("foo not supported");
	}

	@ParameterizedTest
	@ValueSource(strings = { "hello\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET / HTTP/1.1\r\nbroken\r\n\r\n",
			"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", "\r\n",
			"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" })
	void exchangeWhenNotHttpThenClosedAndTheNextIsAnswered(String request) throws IOException {
		assertThat(exchange(request)).isEmpty();
		assertThat(exchange(REQUEST + "Connection: close\r\n\r\n")).startsWith("HTTP/1.1 200 ");
	}

	@Test
	void exchangeWhenBodyIsAsLargeAsAllowedThenRead() {
		TestClient client = new TestClient(ZITADEL);
		byte[] large = new byte[HttpMessages.BODY_LIMIT];
		assertThat(client
			.send(client.request("/oauth/v2/token")
				.header("Content-Type", "text/plain")
				.POST(BodyPublishers.ofByteArray(large)))
			.body()).contains("grant_type missing");
	}

	private static String exchange(String request) throws IOException {
		return RawHttp.exchange(ZITADEL.port(), request);
	}

}
