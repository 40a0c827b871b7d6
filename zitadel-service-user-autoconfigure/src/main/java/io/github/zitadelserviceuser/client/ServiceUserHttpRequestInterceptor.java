/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zitadelserviceuser.client;

import java.io.IOException;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Authorizes the requests of a {@link RestClient} or {@link RestTemplate} as the service
 * user (RFC 6750, section 2.1). A request that has an {@code Authorization} header
 * already is left as it is.
 * <p>
 * The calling thread waits where no token is held. A request fails with a
 * {@link TokenRequestException} if there is none to be had, and with a
 * {@link HostNotAllowedException} if the target may not have it; it is not sent in either
 * case.
 * <p>
 * An answer of 401 (RFC 6750, section 3.1) causes the token that was sent to be replaced
 * and the request to be sent once more. Where there is no other token, the caller gets
 * that answer.
 *
 * @since 0.1.0
 */
public final class ServiceUserHttpRequestInterceptor implements ClientHttpRequestInterceptor {

	private final TokenSource tokenSource;

	private final AllowedHosts allowedHosts;

	private final @Nullable InternalAddress internalAddress;

	/**
	 * Create a new interceptor.
	 * @param tokenSource where the token comes from
	 * @param allowedHosts where it may go
	 * @param internalAddress an internal address of the issuer, if there is one
	 */
	public ServiceUserHttpRequestInterceptor(TokenSource tokenSource, AllowedHosts allowedHosts,
			@Nullable InternalAddress internalAddress) {
		this.tokenSource = tokenSource;
		this.allowedHosts = allowedHosts;
		this.internalAddress = internalAddress;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		if (request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)) {
			return execution.execute(request, body);
		}
		this.allowedHosts.check(request.getURI());
		AccessToken token = this.tokenSource.await();
		if (this.internalAddress != null) {
			this.internalAddress.apply(request.getURI(), request.getHeaders());
		}
		ClientHttpResponse response = send(request, body, execution, token);
		if (HttpStatus.UNAUTHORIZED.isSameCodeAs(response.getStatusCode()) && this.tokenSource.reject(token)) {
			AccessToken other = insteadOf(token);
			if (other != null) {
				response.close();
				return send(request, body, execution, other);
			}
		}
		return response;
	}

	private static ClientHttpResponse send(HttpRequest request, byte[] body, ClientHttpRequestExecution execution,
			AccessToken token) throws IOException {
		request.getHeaders().setBearerAuth(token.value());
		return execution.execute(request, body);
	}

	/**
	 * Return another token, if there is one to be had and this thread may wait for it.
	 * Otherwise the original answer stands: it says more to the caller than why there is
	 * no other token.
	 * @param rejected the token that the server rejected
	 * @return another token or {@code null}
	 */
	private @Nullable AccessToken insteadOf(AccessToken rejected) {
		try {
			AccessToken token = this.tokenSource.await();
			return token.equals(rejected) ? null : token;
		}
		catch (TokenRequestException | IllegalStateException ex) {
			return null;
		}
	}

}
