// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestInitializer;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Authorizes the requests of a {@link RestClient} or {@link RestTemplate} as the service
 * user (RFC 6750, section 2.1), for a client that must not have interceptors: with one,
 * the body of each request is held in memory. Everywhere else
 * {@link ServiceUserHttpRequestInterceptor} does more.
 * <p>
 * An initializer sees the request before the caller's headers are on it, and never its
 * answer. So
 * <ul>
 * <li>an answer of 401 neither causes the token to be replaced nor the request to be sent
 * once more,</li>
 * <li>no redirect is followed, and the client must not follow any,</li>
 * <li>the URI that it judges is the one that it sees: where an interceptor or the request
 * factory sends the request afterwards (to balance the load, along a redirect) is not
 * judged, and the token goes along,</li>
 * <li>an {@code Authorization} header of the caller wins with a {@code RestTemplate}; a
 * {@code RestClient} would send both, so requests with a header of their own need another
 * client there.</li>
 * </ul>
 * <p>
 * The calling thread waits where no token is held. A request fails with a
 * {@link TokenRequestException} if there is none to be had, and with a
 * {@link HostNotAllowedException} if the target may not have it; it is not sent in either
 * case.
 *
 * @since 0.1.0
 */
public final class ServiceUserHttpRequestInitializer implements ClientHttpRequestInitializer {

	private final TokenSource tokenSource;

	private final AllowedHosts allowedHosts;

	private final @Nullable IssuerHeaders issuerHeaders;

	/**
	 * Create a new initializer.
	 * @param tokenSource where the token comes from
	 * @param allowedHosts where it may go
	 * @param issuerHeaders what a request to the issuer gets beside the token, if
	 * anything
	 */
	public ServiceUserHttpRequestInitializer(TokenSource tokenSource, AllowedHosts allowedHosts,
			@Nullable IssuerHeaders issuerHeaders) {
		this.tokenSource = tokenSource;
		this.allowedHosts = allowedHosts;
		this.issuerHeaders = issuerHeaders;
	}

	@Override
	public void initialize(ClientHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		// Another initializer may have set one.
		if (headers.containsHeader(HttpHeaders.AUTHORIZATION)) {
			return;
		}
		this.allowedHosts.check(request.getURI());
		headers.setBearerAuth(this.tokenSource.await().value());
		if (this.issuerHeaders != null) {
			this.issuerHeaders.apply(request.getURI(), headers);
		}
	}

}
