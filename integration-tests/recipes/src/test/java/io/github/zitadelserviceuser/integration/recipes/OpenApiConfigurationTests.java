// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import com.example.orders.api.OrdersApi;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.RecordingServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A generated client that calls as the service user.
 */
@RecipeTest
class OpenApiConfigurationTests {

	@Autowired
	FakeZitadel zitadel;

	@Autowired
	RecordingServer server;

	@Autowired
	OrdersApi orders;

	@BeforeEach
	void reset() {
		this.server.reset();
	}

	@Test
	void orderWhenTokenIsRevokedThenIsFetchedWithAnother() {
		assertThat(this.orders.order("7").getTotal()).isEqualTo(12);
		this.zitadel.revokeAllTokens();
		assertThat(this.orders.order("7").getTotal()).isEqualTo(12);
		assertThat(this.zitadel).hasTokenRequests(2);
		assertThat(this.server.calls()).hasSize(3).allSatisfy((call) -> assertThat(call.authorization()).hasSize(1));
	}

}
