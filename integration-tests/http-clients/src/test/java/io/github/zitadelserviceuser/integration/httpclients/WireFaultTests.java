// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.httpclients.FaultyZitadel.Fault;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenRequestException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Each way in which a wire breaks, with each client library: the call ends and tells why,
 * nothing of it goes on, and when the wire is mended there is a token.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WireFaultTests {

	private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

	/**
	 * In either way, by how often an attempt fits into the time.
	 */
	private static final String UNTOLD = "(No token within 700 ms|No answer from http://localhost)";

	private static final FakeZitadel KEYS = FakeZitadel.start();

	private static final ExecutorService EXECUTOR = Executors.newFixedThreadPool(Library.values().length);

	private static List<Application> applications = List.of();

	@BeforeAll
	static void start() {
		// One after the other: they have one logging system, which each sets up.
		applications = Arrays.stream(Library.values())
			.filter((library) -> !library.isReactive())
			.map(Application::new)
			.toList();
		// The first request of all takes long.
		atOnce(applications, Application::recover);
	}

	@AfterAll
	static void close() {
		atOnce(applications, (application) -> {
			application.close();
			return true;
		});
		EXECUTOR.shutdownNow();
		KEYS.close();
	}

	@BeforeEach
	void mend() {
		applications.forEach((application) -> {
			application.zitadel.become(FaultyZitadel.WELL);
			application.source.forget();
		});
	}

	@ParameterizedTest
	@EnumSource
	void awaitWhenWireIsBrokenThenEndsAndTellsWhyAndRecovers(Outage outage) {
		List<Application> affected = applications.stream().filter(outage::befalls).toList();
		affected.forEach((application) -> application.zitadel.become(outage.fault));
		List<String> failures = atOnce(affected, Application::failure);
		assertThat(failures).allSatisfy((failure) -> assertThat(failure).containsPattern(outage.text));
		affected.forEach(Application::assertNothingGoesOn);
		affected.forEach((application) -> application.zitadel.become(FaultyZitadel.WELL));
		assertThat(atOnce(affected, Application::recover)).containsOnly("abc");
	}

	@Test
	void awaitWhenConnectionIsRefusedThenTellsItAndRecovers() {
		applications.forEach((application) -> application.zitadel.refuse());
		List<String> failures = atOnce(applications, Application::failure);
		applications.forEach((application) -> application.zitadel.accept());
		assertThat(failures).allSatisfy((failure) -> assertThat(failure).contains("No answer from http://localhost"));
		applications.forEach(Application::assertNothingGoesOn);
		assertThat(atOnce(applications, Application::recover)).containsOnly("abc");
	}

	/**
	 * A connection that some libraries have kept, and others have just opened.
	 */
	@ParameterizedTest
	@EnumSource
	void awaitWhenOneConnectionDiesThenAnotherIsUsed(Blip blip) {
		List<Application> affected = applications.stream().filter(blip::befalls).toList();
		atOnce(affected, Application::recover);
		affected.forEach((application) -> {
			application.source.forget();
			application.zitadel.become(onOneConnection(blip.fault));
		});
		assertThat(atOnce(affected, Application::recover)).containsOnly("abc");
		affected.forEach(Application::assertNothingGoesOn);
	}

	private static Fault onOneConnection(Fault fault) {
		AtomicInteger dead = new AtomicInteger();
		return (request, connection) -> {
			if (!request.isEmpty()) {
				dead.compareAndSet(0, connection.number());
			}
			return dead.get() == connection.number() && fault.isAnswer(request, connection);
		};
	}

	/**
	 * The waits of one library are those of the others.
	 */
	private static <T, R> List<R> atOnce(List<T> all, Function<T, R> step) {
		List<CompletableFuture<R>> steps = all.stream()
			.map((each) -> CompletableFuture.supplyAsync(() -> step.apply(each), EXECUTOR))
			.toList();
		return steps.stream().map(CompletableFuture::join).toList();
	}

	/**
	 * What goes on until it is mended.
	 */
	enum Outage {

		RESET((request, connection) -> {
			connection.reset();
			return true;
		}, UNTOLD),

		SILENT_AFTER_ACCEPT((request, connection) -> {
			connection.awaitEnd();
			return true;
		}, UNTOLD),

		HALF_CLOSED(Fault.of((connection) -> {
			connection.socket().shutdownOutput();
			connection.awaitEnd();
		}), UNTOLD),

		DRIPPING_HEAD(Fault.of((connection) -> {
			connection.write(HEAD + "X-Drip: ");
			connection.drip("x");
		}), UNTOLD),

		DRIPPING_BODY(Fault.of((connection) -> {
			connection.write(HEAD + "Content-Length: 99999999\r\n\r\n");
			connection.drip("x");
		}), UNTOLD),

		DRIPPING_CHUNKS(Fault.of((connection) -> {
			connection.write(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
			connection.drip("1\r\nx\r\n");
		}), UNTOLD),

		SILENT_BODY(Fault.of((connection) -> {
			connection.write(HEAD + "Content-Length: 99999999\r\n\r\n{");
			connection.awaitEnd();
		}), UNTOLD),

		ENDLESS_BODY(Fault.of((connection) -> {
			connection.write(HEAD + "\r\n");
			while (true) {
				connection.write("x".repeat(4096));
			}
		}), "is longer than 64 KiB and was not read further"),

		CUT_SHORT(Fault.of((connection) -> connection.write(HEAD + "Content-Length: 999\r\n\r\n{\"access_token\"")),
				UNTOLD),

		ENDLESS_HINTS(Fault.of((connection) -> connection.drip("HTTP/1.1 103 Early Hints\r\n\r\n")), UNTOLD),

		PROXY_AUTHENTICATION(Fault.of((connection) -> connection
			.write("HTTP/1.1 407 Proxy Authentication Required\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody")),
				"a proxy on the way wants credentials \\(status 407\\)"),

		TLS_PORT(
				Fault.of((connection) -> connection
					.write("HTTP/1.0 400 Bad Request\r\n\r\n" + "Client sent an HTTP request to an HTTPS server.\n")),
				"was asked by plain http, and what answers there speaks TLS \\(status 400: Client sent");

		private final Fault fault;

		private final String text;

		Outage(Fault fault, String text) {
			this.fault = fault;
			this.text = text;
		}

		private boolean befalls(Application application) {
			// To Reactor Netty the first of them is the answer.
			return this != ENDLESS_HINTS || application.library != Library.BLOCKING_REACTOR;
		}

	}

	/**
	 * What happens to one connection.
	 */
	enum Blip {

		RESET(Fault.of(FaultyZitadel.Connection::reset)),

		SILENT(Fault.of(FaultyZitadel.Connection::awaitEnd)),

		HALF_CLOSED(Fault.of((connection) -> {
			connection.socket().shutdownOutput();
			connection.awaitEnd();
		})),

		HTTP2_AND_SILENT(Fault.of((connection) -> {
			connection.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
			connection.awaitEnd();
		}));

		private final Fault fault;

		Blip(Fault fault) {
			this.fault = fault;
		}

		private boolean befalls(Application application) {
			// The others do not ask for it.
			return this != HTTP2_AND_SILENT || application.library == Library.BLOCKING_JDK;
		}

	}

	/**
	 * One application for each library, and its ZITADEL.
	 */
	private static final class Application implements AutoCloseable {

		private final FaultyZitadel zitadel = new FaultyZitadel(FaultyZitadel.WELL);

		private final ConfigurableApplicationContext context;

		private final RefreshingTokenSource source;

		private final Library library;

		private Application(Library library) {
			this.library = library;
			this.context = library.start(KEYS, "zitadel.service-user.issuer-uri=" + this.zitadel.url(),
					"zitadel.service-user.require-https=false", "zitadel.service-user.connect-timeout=300ms",
					"zitadel.service-user.read-timeout=300ms", "zitadel.service-user.token-timeout=700ms");
			this.source = this.context.getBean(RefreshingTokenSource.class);
		}

		private String failure() {
			long startedAt = System.nanoTime();
			TokenRequestException failure = catchThrowableOfType(TokenRequestException.class, this.source::await);
			assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(6));
			assertThat(failure).as(this.library.name()).isNotNull();
			return this.library + ": " + failure.getMessage();
		}

		/**
		 * A pause may be on, and more than one may go by while the machine is busy.
		 */
		private String recover() {
			return Awaitility.await(this.library.name())
				.atMost(Duration.ofSeconds(30))
				.ignoreExceptionsInstanceOf(TokenRequestException.class)
				.until(() -> this.source.await().value(), (token) -> true);
		}

		private void assertNothingGoesOn() {
			Awaitility.await(this.library.name()).untilAsserted(() -> {
				assertThat(this.zitadel.faulty()).as("connections").isZero();
				assertThat(Thread.getAllStackTraces().entrySet()).as("threads")
					.noneMatch((thread) -> thread.getKey().getName().startsWith("service-user-token")
							&& Arrays.stream(thread.getValue())
								.anyMatch((frame) -> frame.getClassName().contains("zitadelserviceuser.grant")));
			});
		}

		@Override
		public void close() {
			this.context.close();
			this.zitadel.close();
		}

	}

}
