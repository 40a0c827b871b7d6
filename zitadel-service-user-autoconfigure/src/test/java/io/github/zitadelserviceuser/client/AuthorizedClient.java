// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.List;
import java.util.Objects;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.Origin;
import io.github.zitadelserviceuser.token.TokenSource;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.RequestEntity;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The clients that a token can be put on, seen as one.
 */
enum AuthorizedClient {

	WEB_CLIENT {

		@Override
		@Nullable String call(TokenSource tokens, @Nullable IssuerHeaders address, URI uri, HttpHeaders headers) {
			return WebClient.builder()
				.filter(new ServiceUserExchangeFilterFunction(tokens, hosts(), address))
				.build()
				.get()
				.uri(uri)
				.headers((all) -> all.addAll(headers))
				.retrieve()
				.bodyToMono(String.class)
				.block();
		}

	},

	REST_CLIENT {

		@Override
		@Nullable String call(TokenSource tokens, @Nullable IssuerHeaders address, URI uri, HttpHeaders headers) {
			return RestClient.builder()
				.requestFactory(new ServiceUserClientHttpRequestFactory(new SimpleClientHttpRequestFactory(), tokens,
						hosts(), address))
				.build()
				.get()
				.uri(uri)
				.headers((all) -> all.addAll(headers))
				.retrieve()
				.body(String.class);
		}

	},

	INTERCEPTED_REST_CLIENT {

		@Override
		@Nullable String call(TokenSource tokens, @Nullable IssuerHeaders address, URI uri, HttpHeaders headers) {
			return RestClient.builder()
				.requestInterceptor(new ServiceUserHttpRequestInterceptor(tokens, hosts(), address))
				.build()
				.get()
				.uri(uri)
				.headers((all) -> all.addAll(headers))
				.retrieve()
				.body(String.class);
		}

	},

	REST_TEMPLATE {

		@Override
		@Nullable String call(TokenSource tokens, @Nullable IssuerHeaders address, URI uri, HttpHeaders headers) {
			RestTemplate template = new RestTemplate(new ServiceUserClientHttpRequestFactory(
					new SimpleClientHttpRequestFactory(), tokens, hosts(), address));
			return template.exchange(RequestEntity.get(uri).headers(headers).build(), String.class).getBody();
		}

	},

	INTERCEPTED_REST_TEMPLATE {

		@Override
		@Nullable String call(TokenSource tokens, @Nullable IssuerHeaders address, URI uri, HttpHeaders headers) {
			RestTemplate template = new RestTemplate(new SimpleClientHttpRequestFactory());
			template.setInterceptors(List.of((request, body, execution) -> {
				request.getHeaders().addAll(headers);
				return execution.execute(request, body);
			}, new ServiceUserHttpRequestInterceptor(tokens, hosts(), address)));
			return template.getForObject(uri, String.class);
		}

	};

	abstract @Nullable String call(TokenSource tokens, @Nullable IssuerHeaders address, URI uri, HttpHeaders headers);

	String call(TokenSource tokens, URI uri) {
		return Objects.requireNonNull(call(tokens, null, uri, new HttpHeaders()));
	}

	static AllowedHosts hosts() {
		return new AllowedHosts("test", List.of(Origin.of(URI.create("https://zitadel.example.com"))),
				List.of("localhost"), true);
	}

}
