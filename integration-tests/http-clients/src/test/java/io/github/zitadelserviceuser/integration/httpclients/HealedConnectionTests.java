// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.httpclients.FaultyZitadel.Answer;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection that breaks once, and is heard of by nobody: the token request is made
 * once more, at once.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HealedConnectionTests {

	private static final FakeZitadel KEYS = FakeZitadel.start();

	@AfterAll
	static void stop() {
		KEYS.close();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void awaitWhenAConnectionBreaksOnceThenNothingIsSaid(Library library, CapturedOutput output) {
		try (FaultyZitadel zitadel = new FaultyZitadel(FaultyZitadel.WELL);
				ConfigurableApplicationContext application = library.start(KEYS,
						"zitadel.service-user.issuer-uri=" + zitadel.url())) {
			RefreshingTokenSource source = application.getBean(RefreshingTokenSource.class);
			assertThat(source.await().value()).isEqualTo("abc");
			for (Break end : Break.values()) {
				AtomicInteger requests = new AtomicInteger();
				zitadel.become((request, connection) -> {
					if (request.startsWith("POST ") && requests.incrementAndGet() == 1) {
						end.answer.write(connection);
						return true;
					}
					return false;
				});
				source.forget();
				assertThat(source.await().value()).as(end.name()).isEqualTo("abc");
				assertThat(requests).as(end.name()).hasValue(2);
			}
		}
		// Reactor Netty warns of such connections by itself.
		assertThat(output.toString()
			.lines()
			.filter((line) -> line.matches(".* (WARN|ERROR) .*|.*zitadelserviceuser.*") && !line.contains(" r.netty.")))
			.singleElement()
			.asString()
			.contains(" INFO ", "Obtained the first access token");
	}

	/**
	 * How a connection ends on which a token request has been sent.
	 */
	private enum Break {

		RESET(FaultyZitadel.Connection::reset),

		CLOSED((connection) -> {
		}),

		HALF_CLOSED((connection) -> {
			connection.socket().shutdownOutput();
			connection.awaitEnd();
		});

		private final Answer answer;

		Break(Answer answer) {
			this.answer = answer;
		}

	}

}
