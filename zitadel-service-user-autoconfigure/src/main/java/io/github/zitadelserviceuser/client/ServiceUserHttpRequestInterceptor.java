// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.io.IOException;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Authorizes the requests of a {@link RestClient} or {@link RestTemplate} as the service
 * user (RFC 6750, section 2.1), for a client whose request factory is not one's own to
 * choose, or which has interceptors that must see the request as it is sent. Everywhere
 * else {@link ServiceUserClientHttpRequestFactory} is better: with an interceptor, Spring
 * holds the body of each request in memory.
 * <p>
 * A request that has an {@code Authorization} header already is left as it is.
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

	private final BlockingAuthorization authorization;

	/**
	 * Create a new interceptor, which follows no redirects.
	 * @param tokenSource where the token comes from
	 * @param allowedHosts where it may go
	 * @param issuerHeaders what a request to the issuer gets beside the token, if
	 * anything
	 */
	public ServiceUserHttpRequestInterceptor(TokenSource tokenSource, AllowedHosts allowedHosts,
			@Nullable IssuerHeaders issuerHeaders) {
		this(new BlockingAuthorization(tokenSource, allowedHosts, issuerHeaders));
	}

	private ServiceUserHttpRequestInterceptor(BlockingAuthorization authorization) {
		this.authorization = authorization;
	}

	/**
	 * Return an interceptor that tells how its calls are answered.
	 * @param hints who to tell, if anybody
	 * @return another interceptor
	 */
	public ServiceUserHttpRequestInterceptor withHints(@Nullable CallHints hints) {
		return new ServiceUserHttpRequestInterceptor(this.authorization.withHints(hints));
	}

	/**
	 * Return an interceptor that follows up to five redirects (RFC 9110, section 15.4),
	 * with the token, to where that may go; from {@code https} to {@code http} and to
	 * other hosts it fails with a {@link HostNotAllowedException}. Credentials of the
	 * caller's own stay with their origin: its cookies are left out elsewhere, and with
	 * its {@code Authorization} header the redirect is the answer. The client itself must
	 * not follow any.
	 * @param followRedirects whether to follow
	 * @return another interceptor
	 */
	public ServiceUserHttpRequestInterceptor withFollowRedirects(boolean followRedirects) {
		return new ServiceUserHttpRequestInterceptor(this.authorization.withFollowRedirects(followRedirects));
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		return this.authorization.execute(request, new Remainder(this.authorization, execution, body));
	}

	/**
	 * What comes after the interceptor, with the body of the caller in memory.
	 */
	private static final class Remainder implements Transmission {

		private final BlockingAuthorization authorization;

		private final ClientHttpRequestExecution execution;

		private final byte[] body;

		private Remainder(BlockingAuthorization authorization, ClientHttpRequestExecution execution, byte[] body) {
			this.authorization = authorization;
			this.execution = execution;
			this.body = body;
		}

		@Override
		public ClientHttpResponse send(HttpRequest request, boolean withBody, @Nullable AccessToken token)
				throws IOException {
			return this.execution.execute((token != null) ? authorized(request, token) : request,
					withBody ? this.body : new byte[0]);
		}

		@Override
		public boolean isRepeatable() {
			return true;
		}

		private HttpRequest authorized(HttpRequest request, AccessToken token) {
			HttpHeaders headers = HttpHeaders.copyOf(request.getHeaders());
			this.authorization.apply(request.getURI(), headers, token);
			return new ChangedRequest(request, request.getURI(), request.getMethod(), headers);
		}

	}

}
