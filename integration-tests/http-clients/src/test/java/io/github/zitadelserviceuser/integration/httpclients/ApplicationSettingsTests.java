// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Clients;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.transport.RequestReplySenderContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the application has set for the content of its requests and for watching them
 * holds for those of the service user.
 */
class ApplicationSettingsTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final Host host = new Host("localhost");

	@AfterEach
	void stop() {
		this.host.close();
		this.zitadel.close();
	}

	@Test
	void callWhenJsonIsConfiguredThenBodyIsWrittenThatWay() {
		try (ConfigurableApplicationContext application = start("spring.jackson.property-naming-strategy=SNAKE_CASE")) {
			Clients clients = application.getBean(Clients.class);
			clients.restClient().post().uri(this.host.uri("/")).body(new Thing("a")).retrieve().toBodilessEntity();
			clients.webClient()
				.post()
				.uri(this.host.uri("/"))
				.bodyValue(new Thing("b"))
				.retrieve()
				.toBodilessEntity()
				.block();
			assertThat(this.host.received()).extracting(Host.Received::body)
				.containsExactly("{\"long_name\":\"a\"}", "{\"long_name\":\"b\"}");
		}
	}

	@Test
	void callWhenBufferIsLimitedThenLargerAnswerIsRefused() {
		try (ConfigurableApplicationContext application = start("spring.http.codecs.max-in-memory-size=1KB")) {
			Clients clients = application.getBean(Clients.class);
			assertThatExceptionOfType(WebClientResponseException.class)
				.isThrownBy(() -> clients.webClient()
					.get()
					.uri(this.host.uri("/300"))
					.retrieve()
					.bodyToMono(String.class)
					.block())
				.withMessageContaining("Exceeded limit on max bytes to buffer : 1024");
			assertThat(clients.webClient().get().uri(this.host.uri("/")).retrieve().bodyToMono(String.class).block())
				.isEqualTo("arrived");
		}
	}

	@Test
	void callWhenObservedThenEachRequestIsRecorded() {
		try (ConfigurableApplicationContext application = start()) {
			Names names = application.getBean(Names.class);
			Library.REACTIVE_JDK.get(application, this.host.uri("/"));
			// The observation may end a moment after the caller has its answer.
			Awaitility.await()
				.untilAsserted(() -> assertThat(names.all).containsExactly("http.client.requests GET",
						"http.client.requests POST", "http.client.requests GET"));
			Library.BLOCKING_JDK.get(application, this.host.uri("/"));
			assertThat(names.all).hasSize(4).endsWith("http.client.requests GET");
		}
	}

	private ConfigurableApplicationContext start(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("zitadel.service-user.allowed-hosts=" + this.host.authority());
		all.add("spring.http.clients.reactive.connector=jdk");
		return Library.BLOCKING_JDK.start(this.zitadel, new Class<?>[] { Names.class }, all.toArray(String[]::new));
	}

	record Thing(String longName) {
	}

	/**
	 * The observations that have ended, by their names and the methods of the requests.
	 */
	static class Names implements ObservationHandler<Observation.Context> {

		private final List<String> all = new CopyOnWriteArrayList<>();

		@Override
		public void onStop(Observation.Context context) {
			this.all.add(context.getName() + " " + context.getLowCardinalityKeyValue("method").getValue());
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof RequestReplySenderContext;
		}

	}

}
