// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;

import io.github.zitadelserviceuser.token.AccessToken;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
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

	private final ReactiveAuthorization authorization;

	private final AccessToken token;

	// No answer comes before the request was written.
	private boolean authorized;

	/**
	 * Create a new request.
	 * @param request the request of the caller
	 * @param body what to send in place of its body
	 * @param authorization puts the token on it
	 * @param token the token
	 */
	AuthorizedRequest(ClientRequest request, BodyInserter<?, ? super ClientHttpRequest> body,
			ReactiveAuthorization authorization, AccessToken token) {
		this.request = request;
		this.body = body;
		this.authorization = authorization;
		this.token = token;
	}

	/**
	 * Return whether a request is going to have credentials when it is written.
	 * @param request the request
	 * @return whether it has some, or a service user puts its token on it
	 */
	static boolean hasCredentials(ClientRequest request) {
		return BearerHeader.isIn(request.headers()) || request.httpRequest() instanceof AuthorizedRequest;
	}

	/**
	 * Return the same request with another token.
	 * @param other the token
	 * @param again what to send in place of the body
	 * @return another request
	 */
	AuthorizedRequest with(AccessToken other, BodyInserter<?, ? super ClientHttpRequest> again) {
		return new AuthorizedRequest(this.request, again, this.authorization, other);
	}

	/**
	 * Return whether an answer says that the token is not good, rather than credentials
	 * that came to the request later.
	 * @param response the answer
	 * @return whether it is 401
	 */
	boolean isRejectedBy(ClientResponse response) {
		if (!this.authorized) {
			return false;
		}
		this.authorization.answered(url(), this.token, response.statusCode());
		return HttpStatus.UNAUTHORIZED.isSameCodeAs(response.statusCode());
	}

	/**
	 * Reject the token.
	 * @param caller the context of the caller
	 * @return another token, if there is one
	 */
	Mono<AccessToken> tokenInstead(ContextView caller) {
		return Mono.fromFuture(() -> this.authorization.insteadOf(this.token, caller))
			.onErrorComplete()
			.filter((other) -> !other.equals(this.token));
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
		if (this.body.equals(this.request.body())) {
			return this.request.writeTo(request, strategies);
		}
		if (this.body instanceof RepeatableBody copying) {
			return this.request.writeTo(copying.copying(request), strategies);
		}
		return ClientRequest.from(this.request).body(this.body).build().writeTo(request, strategies);
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
		this.authorized = !BearerHeader.isIn(headers);
		if (this.authorized) {
			this.authorization.apply(url(), request.getURI(), headers, this.token);
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
