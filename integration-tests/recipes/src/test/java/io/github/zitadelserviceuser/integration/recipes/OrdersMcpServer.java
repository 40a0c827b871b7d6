// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

/**
 * An MCP server with one tool, which answers 401 to tokens that are not accepted.
 */
final class OrdersMcpServer implements AutoCloseable {

	private final List<Call> calls = new CopyOnWriteArrayList<>();

	private final HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider
		.builder()
		.mcpEndpoint("/mcp")
		.build();

	private final Predicate<String> accepted;

	private final McpSyncServer mcp;

	private final WebServer web;

	private OrdersMcpServer(Predicate<String> accepted) {
		this.accepted = accepted;
		this.mcp = McpServer.sync(this.transport)
			.serverInfo("orders", "1")
			.capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
			.toolCall(McpSchema.Tool.builder("total", Map.of("type", "object")).build(),
					(exchange, request) -> McpSchema.CallToolResult.builder().addTextContent("12").build())
			.build();
		this.web = new TomcatServletWebServerFactory(0).getWebServer(this::register);
		this.web.start();
	}

	static OrdersMcpServer start(Predicate<String> accepted) {
		return new OrdersMcpServer(accepted);
	}

	String url() {
		return "http://localhost:" + this.web.getPort();
	}

	/**
	 * What was sent so far, whether it was accepted or not.
	 */
	List<Call> calls() {
		return List.copyOf(this.calls);
	}

	void reset() {
		this.calls.clear();
	}

	@Override
	public void close() {
		this.mcp.close();
		this.web.stop();
		this.web.destroy();
	}

	private void register(ServletContext context) {
		ServletRegistration.Dynamic servlet = context.addServlet("mcp", this.transport);
		servlet.setAsyncSupported(true);
		servlet.addMapping("/mcp");
		FilterRegistration.Dynamic filter = context.addFilter("tokens", (Filter) this::authenticate);
		filter.setAsyncSupported(true);
		filter.addMappingForUrlPatterns(null, false, "/mcp");
	}

	private void authenticate(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest call = (HttpServletRequest) request;
		String token = Objects.requireNonNullElse(call.getHeader("Authorization"), "").replaceFirst("^Bearer ", "");
		boolean accepted = this.accepted.test(token);
		this.calls.add(
				new Call(call.getMethod(), Objects.requireNonNullElse(call.getHeader("Mcp-Session-Id"), ""), accepted));
		if (accepted) {
			chain.doFilter(request, response);
		}
		else {
			((HttpServletResponse) response).setStatus(401);
		}
	}

	/**
	 * One request.
	 */
	record Call(String method, String session, boolean accepted) {

	}

}
