// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that never end cost neither memory nor time, over each HTTP client.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BoundedAnswerTests {

	private static final FakeZitadel KEYS = FakeZitadel.start();

	@AfterAll
	static void close() {
		KEYS.close();
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenBodyHasNoEndThenIsNotReadFurther(HttpClientKind kind) throws Exception {
		assertNotReadFurther(kind, "", "");
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenChunksHaveNoEndThenAreNotReadFurther(HttpClientKind kind) throws Exception {
		assertNotReadFurther(kind, "Transfer-Encoding: chunked\r\n", "1000\r\n");
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenContentLengthIsHugeThenIsNotReadFurther(HttpClientKind kind) throws Exception {
		assertNotReadFurther(kind, "Content-Length: 99999999999\r\n", "");
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenErrorHasNoEndThenIsNotReadFurther(HttpClientKind kind) throws Exception {
		assertNotReadFurther(kind, "X-Status: 500\r\n", "");
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenAnswerIsJustShortEnoughThenIsRead(HttpClientKind kind) {
		String json = "{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"x\":\"%s\"}";
		String fill = "x".repeat(64 * 1024 - json.length() + 1);
		try (RawServer server = RawServer
			.zitadel((request, socket, output) -> output.write(RawServer.response("200 OK", json.formatted(fill))))) {
			assertThat(grant(server, kind).request().accessToken()).isEqualTo("abc");
		}
		try (RawServer server = RawServer.zitadel(
				(request, socket, output) -> output.write(RawServer.response("200 OK", json.formatted(fill + "x"))))) {
			JwtBearerGrant grant = grant(server, kind);
			assertThat(Grants.failureOf(grant)).hasMessageContaining("is longer than 64 KiB and was not read further");
			assertThat(grant.request().accessToken()).isEqualTo("abc");
		}
	}

	@ParameterizedTest
	@EnumSource(names = "JDK", mode = EnumSource.Mode.EXCLUDE)
	void requestWhenBodyComesDropByDropThenAnInterruptEndsIt(HttpClientKind kind) throws Exception {
		CountDownLatch dripping = new CountDownLatch(3);
		CountDownLatch cut = new CountDownLatch(1);
		try (RawServer server = dripping(dripping, cut)) {
			JwtBearerGrant grant = grant(server, kind);
			boolean[] interrupted = new boolean[1];
			FutureTask<TokenRequestException> failure = new FutureTask<>(() -> {
				TokenRequestException thrown = Grants.failureOf(grant);
				interrupted[0] = Thread.interrupted();
				return thrown;
			});
			Thread thread = new Thread(failure);
			thread.start();
			assertThat(dripping.await(10, TimeUnit.SECONDS)).isTrue();
			thread.interrupt();
			assertThat(get(failure).getReason()).isEqualTo(Reason.CANCELLED);
			assertThat(interrupted[0]).isTrue();
			assertThat(cut.await(10, TimeUnit.SECONDS)).as("the connection is cut").isTrue();
			assertThat(grant.request().accessToken()).isEqualTo("abc");
		}
	}

	/**
	 * The JDK's stream ignores an interrupt (in JDK 17), but its read time-out covers the
	 * whole body.
	 */
	@Test
	void requestWhenBodyComesDropByDropToTheJdkThenTheReadTimeOutEndsIt() throws Exception {
		CountDownLatch cut = new CountDownLatch(1);
		try (RawServer server = dripping(new CountDownLatch(1), cut)) {
			JwtBearerGrant grant = Grants.of(server.url(), Grants.keyOf(KEYS),
					HttpClientKind.JDK.restClient(Duration.ofMillis(500)));
			assertThat(Grants.failureOf(grant).getReason()).isEqualTo(Reason.UNREACHABLE);
			assertThat(cut.await(10, TimeUnit.SECONDS)).as("the connection is cut").isTrue();
			assertThat(grant.request().accessToken()).isEqualTo("abc");
		}
	}

	private static RawServer dripping(CountDownLatch drops, CountDownLatch cut) {
		return RawServer.zitadel((request, socket, output) -> {
			output.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			untilCut(cut, () -> {
				output.write('x');
				output.flush();
				drops.countDown();
				socket.setSoTimeout(20);
				awaitNothing(socket.getInputStream());
			});
		});
	}

	private static void assertNotReadFurther(HttpClientKind kind, String headers, String beforeEachBlock)
			throws Exception {
		AtomicLong written = new AtomicLong();
		CountDownLatch cut = new CountDownLatch(1);
		byte[] block = new byte[4096];
		Arrays.fill(block, (byte) 'x');
		String status = headers.contains("500") ? "500 Oops" : "200 OK";
		try (RawServer server = RawServer.zitadel((request, socket, output) -> {
			output.write(("HTTP/1.1 " + status + "\r\n" + headers + "\r\n").getBytes(StandardCharsets.US_ASCII));
			untilCut(cut, () -> {
				write(output, beforeEachBlock, block);
				written.addAndGet(block.length);
			});
		})) {
			JwtBearerGrant grant = grant(server, kind);
			TokenRequestException failure = Grants.failureOf(grant);
			assertThat(failure.getReason()).isEqualTo(Reason.INVALID_RESPONSE);
			assertThat(failure).hasMessageContaining("is longer than 64 KiB and was not read further")
				.hasMessageContaining(server.url() + "/oauth/v2/token");
			assertThat(cut.await(10, TimeUnit.SECONDS)).as("the connection is cut").isTrue();
			// The rest is in the buffers of the two sockets.
			assertThat(written.get()).isLessThan(32 * 1024 * 1024);
			assertThat(grant.request().accessToken()).isEqualTo("abc");
		}
	}

	private static void write(OutputStream output, String before, byte[] block) throws IOException {
		output.write(before.getBytes(StandardCharsets.US_ASCII));
		output.write(block);
		if (!before.isEmpty()) {
			output.write("\r\n".getBytes(StandardCharsets.US_ASCII));
		}
	}

	private static void untilCut(CountDownLatch cut, Step step) throws IOException {
		try {
			while (true) {
				step.take();
			}
		}
		finally {
			cut.countDown();
		}
	}

	private static void awaitNothing(InputStream input) throws IOException {
		try {
			if (input.read() == -1) {
				throw new IOException("The client went away");
			}
		}
		catch (SocketTimeoutException ex) {
			assertThat(ex.bytesTransferred).isZero();
		}
	}

	private static TokenRequestException get(FutureTask<TokenRequestException> task)
			throws InterruptedException, ExecutionException, TimeoutException {
		return task.get(10, TimeUnit.SECONDS);
	}

	private static JwtBearerGrant grant(RawServer server, HttpClientKind kind) {
		return Grants.of(server.url(), Grants.keyOf(KEYS), kind.restClient());
	}

	@FunctionalInterface
	private interface Step {

		void take() throws IOException;

	}

}
