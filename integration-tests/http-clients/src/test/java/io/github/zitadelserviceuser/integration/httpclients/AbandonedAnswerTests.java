// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.integration.httpclients.FaultyZitadel.Fault;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.SharedResources;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An answer that nobody waits for any more, long before the client library would give it
 * up: neither a thread of ours nor the connection outlives the time-out of the call.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AbandonedAnswerTests {

	private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

	@ParameterizedTest
	@EnumSource
	void awaitWhenHeadNeverComesThenNothingIsLeft(Client client) {
		assertThatNothingIsLeft(client, Fault.of(FaultyZitadel.Connection::awaitEnd));
	}

	@ParameterizedTest
	@EnumSource
	void awaitWhenBodyNeverEndsThenNothingIsLeft(Client client) {
		assertThatNothingIsLeft(client, Fault.of((connection) -> {
			connection.write(HEAD + "Content-Length: 600\r\n\r\n{");
			connection.awaitEnd();
		}));
	}

	@ParameterizedTest
	@EnumSource
	void awaitWhenChunksNeverEndThenNothingIsLeft(Client client) {
		assertThatNothingIsLeft(client, Fault.of((connection) -> {
			connection.write(HEAD + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
			connection.awaitEnd();
		}));
	}

	private static void assertThatNothingIsLeft(Client client, Fault fault) {
		try (FaultyZitadel zitadel = new FaultyZitadel(FaultyZitadel.WELL);
				SharedResources shared = SharedResources.builder().requestFactoryBuilder(client.builder.get()).build();
				ServiceUserClient first = user(zitadel, shared, Duration.ofSeconds(30));
				ServiceUserClient user = user(zitadel, shared, Duration.ofMillis(500))) {
			// The first request of all takes long.
			first.tokenSource().await();
			zitadel.become(fault);
			assertThatExceptionOfType(TokenRequestException.class).isThrownBy(user.tokenSource()::await);
			Awaitility.await(client.name()).atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				assertThat(zitadel.faulty()).as("connections").isZero();
				assertThat(Thread.getAllStackTraces().entrySet()).as("threads")
					.noneMatch((thread) -> thread.getKey().getName().startsWith("service-user-token")
							&& Arrays.stream(thread.getValue())
								.anyMatch((frame) -> frame.getClassName().contains("zitadelserviceuser.grant")));
			});
			zitadel.become(FaultyZitadel.WELL);
			assertThat(Awaitility.await(client.name())
				.atMost(Duration.ofSeconds(30))
				.ignoreExceptionsInstanceOf(TokenRequestException.class)
				.until(() -> user.tokenSource().await().value(), (token) -> true)).isEqualTo("abc");
		}
	}

	private static ServiceUserClient user(FaultyZitadel zitadel, SharedResources shared, Duration tokenTimeout) {
		return ServiceUserClient.builder()
			.issuerUri(zitadel.url())
			.clientSecret("service-user", "secret")
			.readTimeout(Duration.ofMinutes(10))
			.refreshPolicy((policy) -> policy.withTokenTimeout(tokenTimeout))
			.sharedResources(shared)
			.build();
	}

	/**
	 * The client libraries for token requests.
	 */
	enum Client {

		JDK(ClientHttpRequestFactoryBuilder::jdk), HTTP_COMPONENTS(ClientHttpRequestFactoryBuilder::httpComponents),
		JETTY(ClientHttpRequestFactoryBuilder::jetty), REACTOR(ClientHttpRequestFactoryBuilder::reactor),
		SIMPLE(ClientHttpRequestFactoryBuilder::simple);

		private final Supplier<ClientHttpRequestFactoryBuilder<?>> builder;

		Client(Supplier<ClientHttpRequestFactoryBuilder<?>> builder) {
			this.builder = builder;
		}

	}

}
