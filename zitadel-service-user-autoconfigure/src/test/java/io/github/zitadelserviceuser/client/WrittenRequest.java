// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.client.reactive.MockClientHttpRequest;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeStrategies;

/**
 * Does with a request what a connector does.
 */
final class WrittenRequest {

	private WrittenRequest() {
	}

	/**
	 * Write a request, and tell with which headers it would be sent.
	 */
	static Mono<HttpHeaders> headers(ClientRequest request) {
		MockClientHttpRequest http = new MockClientHttpRequest(request.method(), request.url());
		return request.writeTo(http, ExchangeStrategies.withDefaults()).then(Mono.fromSupplier(http::getHeaders));
	}

	/**
	 * Write a request, and answer it.
	 */
	static Mono<ClientResponse> answered(ClientRequest request, HttpStatus status) {
		return headers(request).map((headers) -> ClientResponse.create(status).build());
	}

}
