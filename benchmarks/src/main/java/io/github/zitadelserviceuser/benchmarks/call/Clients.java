// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.call;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.github.zitadelserviceuser.benchmarks.holder.SpringClients;
import io.github.zitadelserviceuser.benchmarks.holder.StubEndpoint;
import io.github.zitadelserviceuser.benchmarks.holder.Timing;
import io.github.zitadelserviceuser.client.ServiceUserClientHttpRequestFactory;
import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.Origin;
import io.github.zitadelserviceuser.token.TokenSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.support.HttpRequestWrapper;
import org.springframework.security.oauth2.client.web.client.OAuth2ClientHttpRequestInterceptor;
import org.springframework.security.oauth2.client.web.reactive.function.client.ServerOAuth2AuthorizedClientExchangeFilterFunction;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The same client with each kind of authorization.
 *
 * @since 0.1.0
 */
public final class Clients {

	private static final String TOKEN = "token-1";

	private Clients() {
	}

	/**
	 * Create a client.
	 * @param authorization how its calls are authorized
	 * @param tokens the tokens of this library
	 * @param resource what will be called
	 * @param wire what sends the requests
	 * @return the client
	 */
	public static WebClient webClient(Authorization authorization, TokenSource tokens, URI resource,
			ClientHttpConnector wire) {
		WebClient.Builder builder = WebClient.builder().clientConnector(wire);
		switch (authorization) {
			case NONE -> {
			}
			case CONSTANT_HEADER -> builder.defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + TOKEN);
			case CONSTANT_FILTER -> builder.filter(Clients::send);
			case CONSTANT_REPEATABLE -> builder.filter(Clients::repeatable);
			case SERVICE_USER ->
				builder.filter(new ServiceUserExchangeFilterFunction(tokens, allowedHosts(resource), null));
			case SPRING_SECURITY -> {
				ServerOAuth2AuthorizedClientExchangeFilterFunction filter = new ServerOAuth2AuthorizedClientExchangeFilterFunction(
						SpringClients.reactive(StubEndpoint.of(Duration.ZERO), Timing.SYSTEM));
				filter.setDefaultClientRegistrationId(SpringClients.REGISTRATION_ID);
				builder.filter(filter);
			}
		}
		return builder.build();
	}

	/**
	 * Create a client.
	 * @param authorization how its calls are authorized
	 * @param tokens the tokens of this library
	 * @param resource what will be called
	 * @param wire what sends the requests
	 * @return the client
	 */
	public static RestClient restClient(Authorization authorization, TokenSource tokens, URI resource,
			ClientHttpRequestFactory wire) {
		RestClient.Builder builder = RestClient.builder().requestFactory(wire);
		switch (authorization) {
			case NONE -> {
			}
			case CONSTANT_HEADER -> builder.defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + TOKEN);
			case CONSTANT_FILTER -> builder.requestInterceptor((request, body, execution) -> {
				request.getHeaders().setBearerAuth(TOKEN);
				return execution.execute(request, body);
			});
			case CONSTANT_REPEATABLE -> builder.requestInterceptor(Clients::repeatable);
			case SERVICE_USER -> builder
				.requestFactory(new ServiceUserClientHttpRequestFactory(wire, tokens, allowedHosts(resource), null));
			case SPRING_SECURITY -> {
				OAuth2ClientHttpRequestInterceptor interceptor = new OAuth2ClientHttpRequestInterceptor(
						SpringClients.servlet(StubEndpoint.of(Duration.ZERO), Timing.SYSTEM));
				interceptor.setClientRegistrationIdResolver((request) -> SpringClients.REGISTRATION_ID);
				builder.requestInterceptor(interceptor);
			}
		}
		return builder.build();
	}

	private static Mono<ClientResponse> repeatable(ClientRequest request, ExchangeFunction next) {
		return Mono.defer(() -> send(request, next)
			.flatMap((response) -> HttpStatus.UNAUTHORIZED.isSameCodeAs(response.statusCode())
					? response.releaseBody().then(send(request, next)) : Mono.just(response)));
	}

	private static Mono<ClientResponse> send(ClientRequest request, ExchangeFunction next) {
		return next.exchange(ClientRequest.from(request).headers((headers) -> headers.setBearerAuth(TOKEN)).build());
	}

	private static ClientHttpResponse repeatable(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		ClientHttpResponse response = send(request, body, execution);
		if (HttpStatus.UNAUTHORIZED.isSameCodeAs(response.getStatusCode())) {
			response.close();
			return send(request, body, execution);
		}
		return response;
	}

	private static ClientHttpResponse send(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		HttpHeaders headers = HttpHeaders.copyOf(request.getHeaders());
		headers.setBearerAuth(TOKEN);
		return execution.execute(new HttpRequestWrapper(request) {

			@Override
			public HttpHeaders getHeaders() {
				return headers;
			}

		}, body);
	}

	private static AllowedHosts allowedHosts(URI resource) {
		return new AllowedHosts("zitadel.service-user", List.of(Origin.of(resource)), List.of(), true);
	}

}
