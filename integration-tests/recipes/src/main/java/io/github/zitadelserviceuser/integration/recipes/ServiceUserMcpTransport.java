// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.HttpRequestSnapshot;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import reactor.core.publisher.Mono;

/**
 * The transport of an MCP client that calls as the service user.
 */
final class ServiceUserMcpTransport implements McpClientTransport {

	private final McpClientTransport transport;

	private final TokenSource tokens;

	ServiceUserMcpTransport(HttpClientStreamableHttpTransport.Builder transport, TokenSource tokens) {
		this.tokens = tokens;
		this.transport = transport
			.asyncHttpRequestCustomizer((request, method, endpoint, body, context) -> Mono.fromFuture(tokens::get)
				.map((token) -> request.setHeader("Authorization", bearer(token))))
			.build();
	}

	@Override
	public Mono<Void> sendMessage(JSONRPCMessage message) {
		return this.transport.sendMessage(message)
			.onErrorResume(McpHttpClientTransportAuthorizationException.class, (failure) -> replaceToken(failure)
				.flatMap((replaced) -> replaced ? this.transport.sendMessage(message) : Mono.error(failure)));
	}

	private Mono<Boolean> replaceToken(McpHttpClientTransportAuthorizationException failure) {
		if (failure.getResponseInfo().statusCode() != 401) {
			return Mono.just(false);
		}
		return Mono.fromFuture(this.tokens::get)
			.flatMap((held) -> wasSent(held, failure.getRequestSnapshot())
					? Mono.fromFuture(() -> this.tokens.reject(held)).map((other) -> !other.equals(held))
					: Mono.just(true));
	}

	private static boolean wasSent(AccessToken token, HttpRequestSnapshot request) {
		return request.headers().allValues("Authorization").contains(bearer(token));
	}

	private static String bearer(AccessToken token) {
		return "Bearer " + token.value();
	}

	@Override
	public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
		return this.transport.connect(handler);
	}

	@Override
	public void setExceptionHandler(Consumer<Throwable> handler) {
		this.transport.setExceptionHandler(handler);
	}

	@Override
	public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
		return this.transport.unmarshalFrom(data, type);
	}

	@Override
	public List<String> protocolVersions() {
		return this.transport.protocolVersions();
	}

	@Override
	public Mono<Void> closeGracefully() {
		return this.transport.closeGracefully();
	}

}
