// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.util.List;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.token.TokenSource;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;

import org.springframework.ai.mcp.client.common.autoconfigure.NamedClientMcpTransport;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The MCP server of the orders, for Spring AI.
 */
@Configuration(proxyBeanMethods = false)
class McpConfiguration {

	@Bean
	List<NamedClientMcpTransport> mcpTransports(@ServiceUser TokenSource tokens,
			@Value("${orders.mcp-url}") String url) {
		return List.of(new NamedClientMcpTransport("orders",
				new ServiceUserMcpTransport(HttpClientStreamableHttpTransport.builder(url), tokens)));
	}

}
