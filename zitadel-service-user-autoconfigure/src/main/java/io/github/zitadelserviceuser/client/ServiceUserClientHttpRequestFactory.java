// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.function.Function;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Makes requests for a {@link RestClient} or {@link RestTemplate} that are authorized as
 * the service user (RFC 6750, section 2.1), around the request factory of any client
 * library. A request that has an {@code Authorization} header already is left as it is.
 * <p>
 * It comes after all interceptors of the client. So it judges the URI that is really
 * called, and no interceptor sees the token; nor do the headers of the request show it
 * when the call is done. The body of a request is not held in memory, unless the client
 * has interceptors or whoever makes the request writes to
 * {@link ClientHttpRequest#getBody()}.
 * <p>
 * The thread that executes a request waits where no token is held. A request fails with a
 * {@link TokenRequestException} if there is none to be had, and with a
 * {@link HostNotAllowedException} if the target may not have it; no connection is opened
 * in either case.
 * <p>
 * An answer of 401 (RFC 6750, section 3.1) causes the token that was sent to be replaced
 * and the request to be sent once more, if its body can be: one that is
 * {@link StreamingHttpOutputMessage.Body#repeatable() repeatable}, as those of Spring's
 * converters are unless they are made from a stream, and up to 256 KiB that were written
 * to {@link ClientHttpRequest#getBody()}. Up to that size it is sent again byte by byte;
 * a larger one is written again, and the call fails if it has another length then. Where
 * it cannot be sent again, the server did not wait for all of it, or there is no other
 * token, the caller gets that answer; the next call has the token that was obtained
 * instead.
 * <p>
 * The factory around which it is must not follow redirects, and stays its owner's to
 * close. Instances are safe for use by several threads if that one is.
 *
 * @since 0.1.0
 */
public final class ServiceUserClientHttpRequestFactory extends AbstractClientHttpRequestFactoryWrapper {

	private final BlockingAuthorization authorization;

	/**
	 * Create a new request factory, which follows no redirects.
	 * @param requestFactory what makes the requests that are sent
	 * @param tokenSource where the token comes from
	 * @param allowedHosts where it may go
	 * @param issuerHeaders what a request to the issuer gets beside the token, if
	 * anything
	 */
	public ServiceUserClientHttpRequestFactory(ClientHttpRequestFactory requestFactory, TokenSource tokenSource,
			AllowedHosts allowedHosts, @Nullable IssuerHeaders issuerHeaders) {
		this(requestFactory, new BlockingAuthorization(tokenSource, allowedHosts, issuerHeaders));
	}

	private ServiceUserClientHttpRequestFactory(ClientHttpRequestFactory requestFactory,
			BlockingAuthorization authorization) {
		super(requestFactory);
		JdkAuthenticator.warnOf(requestFactory, "imperative.factory");
		this.authorization = authorization;
	}

	/**
	 * Return a request factory that decides about each request when it is executed, by
	 * its attributes for instance.
	 * @param requestFactory what makes the requests that are sent
	 * @param choice returns whose authorization a request gets, of which all counts but
	 * what it is around, or {@code null} if the request is sent as it is
	 * @return a request factory
	 */
	public static ClientHttpRequestFactory choosing(ClientHttpRequestFactory requestFactory,
			Function<HttpRequest, @Nullable ServiceUserClientHttpRequestFactory> choice) {
		return (uri, method) -> new ServiceUserClientHttpRequest(uri, method, requestFactory, (request) -> {
			ServiceUserClientHttpRequestFactory chosen = choice.apply(request);
			return (chosen != null) ? chosen.authorization : null;
		});
	}

	/**
	 * Return a request factory that authorizes in the same way what another makes.
	 * @param requestFactory what makes the requests that are sent
	 * @return another request factory
	 */
	public ServiceUserClientHttpRequestFactory withRequestFactory(ClientHttpRequestFactory requestFactory) {
		return new ServiceUserClientHttpRequestFactory(requestFactory, this.authorization);
	}

	/**
	 * Return a request factory that tells how its calls are answered.
	 * @param hints who to tell, if anybody
	 * @return another request factory
	 */
	public ServiceUserClientHttpRequestFactory withHints(@Nullable CallHints hints) {
		return new ServiceUserClientHttpRequestFactory(getDelegate(), this.authorization.withHints(hints));
	}

	/**
	 * Return a request factory that follows up to five redirects (RFC 9110, section
	 * 15.4), with the token, to where that may go; from {@code https} to {@code http} and
	 * to other hosts it fails with a {@link HostNotAllowedException}. Credentials of the
	 * caller's own stay with their origin: its cookies are left out elsewhere, and with
	 * its {@code Authorization} header the redirect is the answer. So it is where the
	 * body cannot be sent again.
	 * @param followRedirects whether to follow
	 * @return another request factory
	 */
	public ServiceUserClientHttpRequestFactory withFollowRedirects(boolean followRedirects) {
		return new ServiceUserClientHttpRequestFactory(getDelegate(),
				this.authorization.withFollowRedirects(followRedirects));
	}

	@Override
	protected ClientHttpRequest createRequest(URI uri, HttpMethod httpMethod, ClientHttpRequestFactory requestFactory) {
		return new ServiceUserClientHttpRequest(uri, httpMethod, requestFactory, (request) -> this.authorization);
	}

}
