// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.zitadelserviceuser.net.AllowedHosts;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * An exchange that follows redirects to where the token may go, and authorizes each
 * request on the way anew.
 */
final class RedirectedExchange implements ExchangeFunction {

	private final ExchangeFunction authorized;

	private final AllowedHosts allowedHosts;

	RedirectedExchange(ExchangeFunction authorized, AllowedHosts allowedHosts) {
		this.authorized = authorized;
		this.allowedHosts = allowedHosts;
	}

	@Override
	public Mono<ClientResponse> exchange(ClientRequest request) {
		// Deferred, so that whoever subscribes once more has a copy of the body of
		// that time.
		return Mono.defer(() -> {
			BodyInserter<?, ? super ClientHttpRequest> body = RepeatableBody.of(request.body());
			ClientRequest first = body.equals(request.body()) ? request
					: ClientRequest.from(request).body(body).build();
			AtomicBoolean abandoned = new AtomicBoolean();
			// Ahead of the connector, as ReleasedBody needs it.
			return exchange(first, body, 0, abandoned).doOnCancel(() -> abandoned.set(true));
		});
	}

	private Mono<ClientResponse> exchange(ClientRequest request, BodyInserter<?, ? super ClientHttpRequest> sent,
			int hops, AtomicBoolean abandoned) {
		return this.authorized.exchange(request).flatMap((response) -> {
			Redirect redirect;
			ClientRequest next;
			try {
				redirect = (hops < Redirect.MOST) ? Redirect.of(request.url(), request.method(), response.statusCode(),
						response.headers().asHttpHeaders()) : null;
				next = (redirect != null) ? next(request, sent, redirect) : null;
			}
			catch (RuntimeException ex) {
				// Nobody else has the answer, whose connection would stay open.
				return ReleasedBody.of(response, abandoned).then(Mono.error(ex));
			}
			if (redirect == null || next == null) {
				return Mono.just(response);
			}
			return ReleasedBody.of(response, abandoned).then(Mono.defer(() -> {
				redirect.check(this.allowedHosts);
				return exchange(next, redirect.withBody() ? sent : next.body(), hops + 1, abandoned);
			}));
		});
	}

	// None where the caller has to decide: about credentials of its own, a body that
	// cannot be sent again, and what it does to the native request, which may be to
	// set such credentials.
	private static @Nullable ClientRequest next(ClientRequest request, BodyInserter<?, ? super ClientHttpRequest> sent,
			Redirect redirect) {
		BodyInserter<?, ? super ClientHttpRequest> body = redirect.withBody() ? RepeatableBody.again(sent)
				: BodyInserters.empty();
		if (body == null || !redirect.isFor(request.headers())
				|| (request.httpRequest() != null && !redirect.isSameOrigin())) {
			return null;
		}
		return ClientRequest.from(request).url(redirect.target()).method(redirect.method()).headers((headers) -> {
			headers.clear();
			headers.putAll(redirect.headersOf(request.headers()));
		}).cookies((cookies) -> {
			if (!redirect.isSameOrigin()) {
				cookies.clear();
			}
		}).body(body).build();
	}

}
