// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.observability;

import java.util.List;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Clients;
import io.github.zitadelserviceuser.token.TokenSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where token requests are in the traces of a real application.
 */
class TraceTests {

	private static final String CALL = "http.client.requests";

	private static final String TOKEN_REQUEST = "zitadel.service.user.token.requests";

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final Watched application = Watched.start(this.zitadel,
			this.zitadel.serviceUser().key().keyFile().toString());

	private final Observations observations = this.application.bean(Observations.class);

	@AfterEach
	void stop() {
		this.application.close();
		this.zitadel.close();
	}

	@Test
	void callWhenBlockingThenTheTokenRequestIsPartOfIt() {
		this.application.bean(Clients.class)
			.restClient()
			.get()
			.uri(this.zitadel.url() + "/oidc/v1/userinfo")
			.retrieve()
			.toBodilessEntity();
		assertPartOfTheCall();
	}

	@Test
	void callWhenReactiveThenTheTokenRequestIsPartOfIt() {
		this.application.bean(Clients.class)
			.webClient()
			.get()
			.uri(this.zitadel.url() + "/oidc/v1/userinfo")
			.retrieve()
			.toBodilessEntity()
			.block();
		assertPartOfTheCall();
	}

	@Test
	void awaitWhenNobodyIsObservedThenTheTokenRequestIsATraceOfItsOwn() {
		this.application.bean(TokenSource.class).await();
		assertThat(this.observations.ancestries()).contains(List.of(TOKEN_REQUEST), List.of(CALL, TOKEN_REQUEST));
	}

	private void assertPartOfTheCall() {
		// Discovery, token request, the exchange that they make, and the call, whose
		// observation may end a moment after the caller has its answer.
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.observations.ancestries()).containsExactlyInAnyOrder(
					List.of(CALL, TOKEN_REQUEST, CALL), List.of(CALL, TOKEN_REQUEST, CALL),
					List.of(TOKEN_REQUEST, CALL), List.of(CALL)));
	}

}
