// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.time.Duration;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.RecordingServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway with a route that goes out as the service user, and one that does not.
 */
@RecipeTest
class GatewayConfigurationTests {

	@Autowired
	FakeZitadel zitadel;

	@Autowired
	RecordingServer server;

	private RestClient caller = RestClient.create();

	@BeforeEach
	void reset(@LocalServerPort int port) {
		this.server.reset();
		this.caller = RestClient.builder()
			.baseUrl("http://localhost:" + port)
			.defaultHeader("Authorization", "Bearer of-the-caller")
			.defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
			})
			.build();
	}

	@AfterEach
	void acceptTokens() {
		this.server.accept(this.zitadel::isValid);
	}

	@Test
	void routeWhenTokenIsRevokedThenGoesOutWithAnother() {
		assertThat(order().getBody()).isEqualTo(new Order("7", 12));
		this.zitadel.revokeAllTokens();
		assertThat(order().getBody()).isEqualTo(new Order("7", 12));
		assertThat(this.zitadel).hasTokenRequests(2);
		assertThat(this.server.calls()).hasSize(3)
			.allSatisfy((call) -> assertThat(call.authorization()).hasSize(1).doesNotContain("Bearer of-the-caller"));
	}

	@Test
	void routeWhenBodyIsSentThenGoesOutWithIt() {
		Order placed = this.caller.post().uri("/orders").body(new Order("8", 5)).retrieve().body(Order.class);
		assertThat(placed).isEqualTo(new Order("8", 5));
		assertThat(this.server.calls()).extracting(RecordingServer.Call::body)
			.containsExactly("{\"id\":\"8\",\"total\":5}");
	}

	@Test
	void routeWhenThereIsNoTokenThenUnavailable() {
		this.zitadel.serviceUser().lock();
		assertThat(order().getStatusCode().value()).isEqualTo(503);
		assertThat(this.server.calls()).isEmpty();
		this.zitadel.serviceUser().reactivate();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> order().getStatusCode().value(), (status) -> status == 200);
	}

	@Test
	void otherRouteWhenCalledThenHasNoToken() {
		this.server.accept((token) -> true);
		this.caller.get().uri("/public/prices").retrieve().toBodilessEntity();
		assertThat(this.server.calls()).hasSize(1)
			.allSatisfy((call) -> assertThat(call.authorization()).containsExactly("Bearer of-the-caller"));
		assertThat(this.zitadel).hasNoTokenRequests();
	}

	private ResponseEntity<Order> order() {
		return this.caller.get().uri("/orders/7").retrieve().toEntity(Order.class);
	}

}
