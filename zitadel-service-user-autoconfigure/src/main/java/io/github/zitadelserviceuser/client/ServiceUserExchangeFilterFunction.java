// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Authorizes the requests of a {@link WebClient} as the service user (RFC 6750, section
 * 2.1). A request that has an {@code Authorization} header already, or is authorized as
 * another service user, is left as it is.
 * <p>
 * The token is put on a request when it is written: other filters, Spring's log of
 * requests and its exceptions do not see it. A filter that comes later keeps it where it
 * makes its own request by {@link ClientRequest#from(ClientRequest)}, may replace it by
 * credentials of its own, and cannot lead it to a host that may not have it.
 * <p>
 * It never blocks. While a token is held, a request goes out on the thread that
 * subscribed; otherwise on {@link Schedulers#parallel()} once there is a token. It fails
 * with a {@link TokenRequestException} if there is none to be had, and with a
 * {@link HostNotAllowedException} if the target may not have it; it is not sent in either
 * case.
 * <p>
 * An answer of 401 (RFC 6750, section 3.1) causes the token that was sent to be replaced
 * and the request to be sent once more, if its body can be: one of up to 256 KiB that was
 * sent whole. A body that is larger or flushed piece by piece, and a file that the client
 * library sends without reading it (a {@code FileSystemResource} by Reactor Netty, of any
 * size) cannot. Where that is so, or there is no other token, the caller gets that
 * answer; the next call has the token that was obtained instead.
 *
 * @since 0.1.0
 */
public final class ServiceUserExchangeFilterFunction implements ExchangeFilterFunction {

	private final ReactiveAuthorization authorization;

	/**
	 * Create a new filter function, which follows no redirects.
	 * @param tokenSource where the token comes from
	 * @param allowedHosts where it may go
	 * @param issuerHeaders what a request to the issuer gets beside the token, if
	 * anything
	 */
	public ServiceUserExchangeFilterFunction(TokenSource tokenSource, AllowedHosts allowedHosts,
			@Nullable IssuerHeaders issuerHeaders) {
		this(new ReactiveAuthorization(tokenSource, allowedHosts, issuerHeaders));
	}

	private ServiceUserExchangeFilterFunction(ReactiveAuthorization authorization) {
		this.authorization = authorization;
	}

	/**
	 * Return a filter function that tells how its calls are answered.
	 * @param hints who to tell, if anybody
	 * @return another filter function
	 */
	public ServiceUserExchangeFilterFunction withHints(@Nullable CallHints hints) {
		return new ServiceUserExchangeFilterFunction(this.authorization.withHints(hints));
	}

	/**
	 * Return a filter function that follows up to five redirects (RFC 9110, section
	 * 15.4), with the token, to where that may go; from {@code https} to {@code http} and
	 * to other hosts it fails with a {@link HostNotAllowedException}. Credentials of the
	 * caller's own stay with their origin: its cookies are left out elsewhere, and with
	 * its {@code Authorization} header the redirect is the answer. So it is where the
	 * body cannot be sent again. The client itself must not follow any.
	 * @param followRedirects whether to follow
	 * @return another filter function
	 */
	public ServiceUserExchangeFilterFunction withFollowRedirects(boolean followRedirects) {
		return new ServiceUserExchangeFilterFunction(this.authorization.withFollowRedirects(followRedirects));
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return this.authorization.exchange(request, next);
	}

}
