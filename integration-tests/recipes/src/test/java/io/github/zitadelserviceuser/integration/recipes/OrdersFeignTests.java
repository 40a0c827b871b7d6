// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.RecordingServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Feign client that calls as the service user.
 */
@RecipeTest
class OrdersFeignTests {

	@Autowired
	FakeZitadel zitadel;

	@Autowired
	RecordingServer server;

	@Autowired
	OrdersFeign orders;

	@BeforeEach
	void reset() {
		this.server.reset();
	}

	@Test
	void orderWhenTokenIsRevokedThenIsFetchedWithAnother() {
		assertThat(this.orders.order("7")).isEqualTo(new Order("7", 12));
		this.zitadel.revokeAllTokens();
		assertThat(this.orders.order("7")).isEqualTo(new Order("7", 12));
		assertThat(this.zitadel).hasTokenRequests(2);
		assertThat(this.server.calls()).hasSize(3).allSatisfy((call) -> assertThat(call.authorization()).hasSize(1));
	}

	@Test
	void orderWhenTokenIsRevokedThenIsPlacedWithAnother() {
		assertThat(this.orders.place(new Order("8", 5))).isEqualTo(new Order("8", 5));
		this.zitadel.revokeAllTokens();
		assertThat(this.orders.place(new Order("8", 5))).isEqualTo(new Order("8", 5));
		assertThat(this.zitadel).hasTokenRequests(2);
		assertThat(this.server.calls()).hasSize(3)
			.extracting(RecordingServer.Call::body)
			.containsOnly("{\"id\":\"8\",\"total\":5}");
	}

}
