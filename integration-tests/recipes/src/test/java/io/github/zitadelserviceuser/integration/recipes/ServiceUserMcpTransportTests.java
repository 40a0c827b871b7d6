// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.spec.McpSchema;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The session of an MCP client, which began when the application started.
 */
@RecipeTest
class ServiceUserMcpTransportTests {

	@Autowired
	FakeZitadel zitadel;

	@Autowired
	OrdersMcpServer server;

	@Autowired
	List<McpSyncClient> clients;

	@BeforeEach
	void reset() {
		this.server.reset();
	}

	@Test
	void callWhenTokenIsRevokedThenSessionGoesOn() {
		assertThat(total()).isEqualTo("12");
		this.zitadel.revokeAllTokens();
		assertThat(total()).isEqualTo("12");
		assertThat(this.zitadel).hasTokenRequests(2);
		assertThat(this.server.calls()).extracting(OrdersMcpServer.Call::accepted).containsExactly(true, false, true);
		assertThat(this.server.calls()).extracting(OrdersMcpServer.Call::session)
			.allSatisfy((session) -> assertThat(session).isNotEmpty())
			.containsOnly(this.server.calls().get(0).session());
	}

	@Test
	void callWhenThereIsNoOtherTokenThenFailsAndRecovers() {
		assertThat(total()).isEqualTo("12");
		this.zitadel.revokeAllTokens();
		this.zitadel.serviceUser().lock();
		assertThatExceptionOfType(McpHttpClientTransportAuthorizationException.class).isThrownBy(this::total);
		this.zitadel.serviceUser().reactivate();
		Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(this::total, "12"::equals);
	}

	private String total() {
		McpSchema.CallToolResult result = this.clients.get(0)
			.callTool(McpSchema.CallToolRequest.builder("total").arguments(Map.of("id", "7")).build());
		return ((McpSchema.TextContent) result.content().get(0)).text();
	}

}
