// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeStrategies;

/**
 * A request of a caller that gets its token just before it is sent, when nothing else is
 * going to change its headers. Until then nobody sees the token: no other filter, no log
 * of Spring's, and no exception that tells what was called. And no request has to be
 * copied for a header.
 */
final class AuthorizedRequest implements ClientRequest, Consumer<ClientHttpRequest> {

	private final ClientRequest request;

	private final BodyInserter<?, ? super ClientHttpRequest> body;

	private final BiConsumer<URI, HttpHeaders> authorization;

	// No answer comes before the request was written.
	private boolean authorized;

	/**
	 * Create a new request.
	 * @param request the request of the caller
	 * @param body what to send in place of its body
	 * @param authorization adds to the headers what the URI that is called may have
	 */
	AuthorizedRequest(ClientRequest request, BodyInserter<?, ? super ClientHttpRequest> body,
			BiConsumer<URI, HttpHeaders> authorization) {
		this.request = request;
		this.body = body;
		this.authorization = authorization;
	}

	/**
	 * Return whether a request is going to have credentials when it is written.
	 * @param request the request
	 * @return whether it has some, or a service user puts its token on it
	 */
	static boolean hasCredentials(ClientRequest request) {
		return request.headers().containsHeader(HttpHeaders.AUTHORIZATION)
				|| request.httpRequest() instanceof AuthorizedRequest;
	}

	/**
	 * Return whether it was sent with the token, rather than with credentials that came
	 * to it later.
	 * @return whether it had the token
	 */
	boolean isAuthorized() {
		return this.authorized;
	}

	@Override
	public Mono<Void> writeTo(ClientHttpRequest request, ExchangeStrategies strategies) {
		if (this.request.httpRequest() != null) {
			return ClientRequest.from(this).build().writeTo(request, strategies);
		}
		// Those of the caller go first, since ours are added only where it has none.
		if (!headers().isEmpty()) {
			headers().forEach(request.getHeaders()::putIfAbsent);
		}
		authorize(request);
		return (this.body.equals(this.request.body()) ? this.request
				: ClientRequest.from(this.request).body(this.body).build())
			.writeTo(request, strategies);
	}

	/**
	 * Return what is done to the native request, which all keep that make a request of
	 * their own from this one: by it they are known as authorized.
	 */
	@Override
	public Consumer<ClientHttpRequest> httpRequest() {
		return this;
	}

	@Override
	public void accept(ClientHttpRequest request) {
		Consumer<ClientHttpRequest> original = this.request.httpRequest();
		if (original != null) {
			original.accept(request);
		}
		authorize(request);
	}

	// Each time that it is sent, which some clients do once more, on another connection.
	private void authorize(ClientHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		this.authorized = !headers.containsHeader(HttpHeaders.AUTHORIZATION);
		if (this.authorized) {
			this.authorization.accept(request.getURI(), headers);
		}
	}

	@Override
	public HttpMethod method() {
		return this.request.method();
	}

	@Override
	public URI url() {
		return this.request.url();
	}

	@Override
	public HttpHeaders headers() {
		return this.request.headers();
	}

	@Override
	public MultiValueMap<String, String> cookies() {
		return this.request.cookies();
	}

	@Override
	public BodyInserter<?, ? super ClientHttpRequest> body() {
		return this.body;
	}

	@Override
	public Map<String, Object> attributes() {
		return this.request.attributes();
	}

	@Override
	public String logPrefix() {
		return this.request.logPrefix();
	}

}
