// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.RecordingServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.client.HttpGraphQlClient;
import org.springframework.graphql.client.HttpSyncGraphQlClient;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * GraphQL clients that call as the service user.
 */
@RecipeTest
class GraphQlConfigurationTests {

	private static final String QUERY = "{ order(id: 7) { id total } }";

	@Autowired
	FakeZitadel zitadel;

	@Autowired
	RecordingServer server;

	@Autowired
	HttpSyncGraphQlClient orders;

	@Autowired
	HttpGraphQlClient reactiveOrders;

	@BeforeEach
	void reset() {
		this.server.reset();
	}

	@Test
	void queryWhenTokenIsRevokedThenIsSentWithAnother() {
		assertThat(order()).isEqualTo(new Order("7", 12));
		this.zitadel.revokeAllTokens();
		assertThat(order()).isEqualTo(new Order("7", 12));
		assertThat(this.zitadel).hasTokenRequests(2);
		assertThat(this.server.calls()).hasSize(3).allSatisfy((call) -> assertThat(call.body()).contains(QUERY));
	}

	@Test
	void queryWhenReactiveAndTokenIsRevokedThenIsSentWithAnother() {
		assertThat(reactiveOrder()).isEqualTo(new Order("7", 12));
		this.zitadel.revokeAllTokens();
		assertThat(reactiveOrder()).isEqualTo(new Order("7", 12));
		assertThat(this.zitadel).hasTokenRequests(2);
		assertThat(this.server.calls()).hasSize(3).allSatisfy((call) -> assertThat(call.body()).contains(QUERY));
	}

	private Order order() {
		return this.orders.document(QUERY).retrieveSync("order").toEntity(Order.class);
	}

	private Order reactiveOrder() {
		return this.reactiveOrders.document(QUERY).retrieve("order").toEntity(Order.class).block();
	}

}
