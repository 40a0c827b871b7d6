// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * ZITADEL's API over gRPC, asked by the service user.
 */
@RecipeTest
class ZitadelGrpcConfigurationTests {

	@Autowired
	FakeZitadel zitadel;

	@Autowired
	ManagedChannel channel;

	@Test
	void callWhenTokenIsRevokedThenIsMadeWithAnother() {
		assertThat(myUser()).isEqualTo("service-user");
		this.zitadel.revokeAllTokens();
		assertThat(myUser()).isEqualTo("service-user");
		assertThat(this.zitadel).hasTokenRequests(2);
	}

	private String myUser() {
		return ClientCalls.blockingUnaryCall(this.channel, ZitadelGrpcServer.GET_MY_USER, CallOptions.DEFAULT, "");
	}

}
