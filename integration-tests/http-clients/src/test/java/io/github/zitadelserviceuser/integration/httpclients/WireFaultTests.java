// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.httpclients.FaultyZitadel.Fault;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenRequestException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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

	private static final Map<Library, Application> APPLICATIONS = new EnumMap<>(Library.class);

	@AfterAll
	static void close() {
		APPLICATIONS.values().forEach(Application::close);
		APPLICATIONS.clear();
		KEYS.close();
	}

	static Stream<Arguments> outages() {
		return libraries()
			.flatMap((library) -> Arrays.stream(Outage.values()).map((outage) -> Arguments.of(library, outage)))
			// To Reactor Netty that is an answer.
			.filter((arguments) -> !List.of(arguments.get())
				.equals(List.of(Library.BLOCKING_REACTOR, Outage.ENDLESS_HINTS)));
	}

	static Stream<Arguments> blips() {
		return libraries()
			.flatMap((library) -> Arrays.stream(Blip.values()).map((blip) -> Arguments.of(library, blip)))
			// The others do not ask for it.
			.filter((arguments) -> arguments.get()[1] != Blip.HTTP2_AND_SILENT
					|| arguments.get()[0] == Library.BLOCKING_JDK);
	}

	private static Stream<Library> libraries() {
		return Arrays.stream(Library.values()).filter((library) -> !library.isReactive());
	}

	@ParameterizedTest
	@MethodSource("outages")
	void awaitWhenWireIsBrokenThenEndsAndTellsWhyAndRecovers(Library library, Outage outage) {
		Application application = application(library);
		application.zitadel.become(outage.fault);
		long startedAt = System.nanoTime();
		TokenRequestException failure = catchThrowableOfType(TokenRequestException.class, application.source::await);
		assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(6));
		assertThat(failure).isNotNull().hasMessageMatching("(?s).*" + outage.text + ".*");
		assertThat(failure.getSuppressed()).isEmpty();
		application.assertNothingGoesOn();
		application.zitadel.become(FaultyZitadel.WELL);
		application.assertRecovers();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void awaitWhenConnectionIsRefusedThenTellsItAndRecovers(Library library) {
		Application application = application(library);
		application.zitadel.refuse();
		TokenRequestException failure = catchThrowableOfType(TokenRequestException.class, application.source::await);
		assertThat(failure).isNotNull().hasMessageContaining("No answer from " + application.zitadel.url());
		application.assertNothingGoesOn();
		application.zitadel.accept();
		application.assertRecovers();
	}

	/**
	 * A connection that some libraries have kept, and others have just opened.
	 */
	@ParameterizedTest
	@MethodSource("blips")
	void awaitWhenOneConnectionDiesThenAnotherIsUsed(Library library, Blip blip) {
		Application application = application(library);
		application.assertRecovers();
		application.source.forget();
		AtomicInteger dead = new AtomicInteger();
		application.zitadel.become((request, connection) -> {
			dead.compareAndSet(0, connection.number());
			return dead.get() == connection.number() && blip.fault.isAnswer(request, connection);
		});
		application.assertRecovers();
		application.assertNothingGoesOn();
		application.zitadel.become(FaultyZitadel.WELL);
	}

	private static Application application(Library library) {
		Application application = APPLICATIONS.computeIfAbsent(library, Application::new);
		application.zitadel.become(FaultyZitadel.WELL);
		application.zitadel.accept();
		application.source.forget();
		return application;
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

		ENDLESS_HINTS(Fault.of((connection) -> connection.drip("HTTP/1.1 103 Early Hints\r\n\r\n")),
				UNTOLD),

		PROXY_AUTHENTICATION(Fault.of((connection) -> connection.write(
				"HTTP/1.1 407 Proxy Authentication Required\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody")),
				"a proxy on the way wants credentials \\(status 407\\)"),

		TLS_PORT(Fault.of((connection) -> connection.write("HTTP/1.0 400 Bad Request\r\n\r\n"
				+ "Client sent an HTTP request to an HTTPS server.\n")),
				"was asked by plain http, and what answers there speaks TLS \\(status 400: Client sent");

		private final Fault fault;

		private final String text;

		Outage(Fault fault, String text) {
			this.fault = fault;
			this.text = text;
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

	}

	/**
	 * One application for each library, and its ZITADEL.
	 */
	private static final class Application implements AutoCloseable {

		private final FaultyZitadel zitadel = new FaultyZitadel(FaultyZitadel.WELL);

		private final ConfigurableApplicationContext context;

		private final RefreshingTokenSource source;

		private Application(Library library) {
			this.context = library.start(KEYS, "zitadel.service-user.issuer-uri=" + this.zitadel.url(),
					"zitadel.service-user.require-https=false", "zitadel.service-user.connect-timeout=300ms",
					"zitadel.service-user.read-timeout=300ms", "zitadel.service-user.token-timeout=700ms");
			this.source = this.context.getBean(RefreshingTokenSource.class);
		}

		/**
		 * A pause may be on, and more than one of these may go by while the machine is
		 * busy.
		 */
		private void assertRecovers() {
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.ignoreExceptionsInstanceOf(TokenRequestException.class)
				.until(() -> this.source.await().value().equals("abc"));
		}

		private void assertNothingGoesOn() {
			Awaitility.await().untilAsserted(() -> {
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
