// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import feign.Client;
import feign.Request;
import feign.Response;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;

/**
 * Authorizes the requests of a Feign client, and repeats one once after a 401.
 */
final class ServiceUserFeignClient implements Client {

	private final Client client;

	private final TokenSource tokens;

	ServiceUserFeignClient(Client client, TokenSource tokens) {
		this.client = client;
		this.tokens = tokens;
	}

	@Override
	public Response execute(Request request, Request.Options options) throws IOException {
		AccessToken token = this.tokens.await();
		Response response = this.client.execute(authorized(request, token), options);
		if (response.status() != 401) {
			return response;
		}
		AccessToken other = this.tokens.reject(token).join();
		if (other.equals(token)) {
			return response;
		}
		response.close();
		return this.client.execute(authorized(request, other), options);
	}

	private static Request authorized(Request request, AccessToken token) {
		Map<String, Collection<String>> headers = new LinkedHashMap<>(request.headers());
		headers.put("Authorization", List.of("Bearer " + token.value()));
		return Request.create(request.httpMethod(), request.url(), headers, request.body(), request.charset(),
				request.requestTemplate());
	}

}
