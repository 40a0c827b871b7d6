// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.upload;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sink that takes ten bytes with a token, and nothing else.
 */
class SinkTests {

	private static final String HEAD = "POST / HTTP/1.1\r\nAuthorization: Bearer token-1\r\n";

	private final Sink sink;

	SinkTests() throws IOException {
		this.sink = Sink.start(10, "Bearer token-1");
	}

	@AfterEach
	void close() throws IOException {
		this.sink.close();
	}

	@Test
	void answerWhenLengthIsKnownThenTakesIt() throws IOException {
		assertThat(send(HEAD + "Content-Length: 10\r\n\r\n0123456789")).startsWith("HTTP/1.1 200 ");
		assertThat(this.sink.uploads()).isOne();
	}

	@Test
	void answerWhenThereAreChunksThenTakesAllOfThem() throws IOException {
		String chunked = HEAD + "Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n6;x=y\r\n456789\r\n0\r\n\r\n";
		assertThat(send(chunked + chunked)).containsPattern("(?s)^HTTP/1.1 200 .*HTTP/1.1 200 ");
		assertThat(this.sink.uploads()).isEqualTo(2);
	}

	@Test
	void answerWhenBytesAreMissingThenSaysSoAndTakesTheNext() throws IOException {
		assertThat(send(HEAD + "Content-Length: 9\r\n\r\n012345678" + HEAD + "Content-Length: 10\r\n\r\n0123456789"))
			.startsWith("HTTP/1.1 400 ")
			.contains("HTTP/1.1 200 ");
		assertThat(this.sink.complaints()).containsExactly("9 bytes came instead of 10");
		assertThat(this.sink.uploads()).isOne();
	}

	@Test
	void answerWhenTokenIsMissingThenSaysSo() throws IOException {
		assertThat(send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n0123456789")).startsWith("HTTP/1.1 400 ");
		assertThat(this.sink.complaints()).containsExactly("the token did not come");
		assertThat(this.sink.uploads()).isZero();
	}

	@Test
	void answerWhenConnectionEndsWithinBodyThenNone() throws IOException {
		assertThat(send(HEAD + "Content-Length: 10\r\n\r\n01234")).isEmpty();
		assertThat(this.sink.uploads()).isZero();
	}

	private String send(String requests) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.sink.uri().getPort())) {
			socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
			socket.shutdownOutput();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

}
