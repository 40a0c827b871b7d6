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

	private final @Nullable IssuerHeaders issuerHeaders;

	private final @Nullable CallHints hints;

	private final boolean followRedirects;

	/**
	 * Create a new interceptor, which follows no redirects.
	 * @param tokenSource where the token comes from
	 * @param allowedHosts where it may go
	 * @param issuerHeaders what a request to the issuer gets beside the token, if
	 * anything
	 */
	public ServiceUserHttpRequestInterceptor(TokenSource tokenSource, AllowedHosts allowedHosts,
			@Nullable IssuerHeaders issuerHeaders) {
		this(tokenSource, allowedHosts, issuerHeaders, null, false);
	}

	private ServiceUserHttpRequestInterceptor(TokenSource tokenSource, AllowedHosts allowedHosts,
			@Nullable IssuerHeaders issuerHeaders, @Nullable CallHints hints, boolean followRedirects) {
		this.tokenSource = tokenSource;
		this.allowedHosts = allowedHosts;
		this.issuerHeaders = issuerHeaders;
		this.hints = hints;
		this.followRedirects = followRedirects;
	}

	/**
	 * Return an interceptor that tells how its calls are answered.
	 * @param hints who to tell, if anybody
	 * @return another interceptor
	 */
	public ServiceUserHttpRequestInterceptor withHints(@Nullable CallHints hints) {
		return new ServiceUserHttpRequestInterceptor(this.tokenSource, this.allowedHosts, this.issuerHeaders, hints,
				this.followRedirects);
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
		return new ServiceUserHttpRequestInterceptor(this.tokenSource, this.allowedHosts, this.issuerHeaders,
				this.hints, followRedirects);
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		ClientHttpRequestExecution authorized = (each, content) -> execute(each, content, execution);
		return (this.followRedirects ? new RedirectedExecution(authorized, this.allowedHosts) : authorized)
			.execute(request, body);
	}

	private ClientHttpResponse execute(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		if (request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)) {
			return execution.execute(request, body);
		}
		this.allowedHosts.check(request.getURI());
		return new RepeatedExecution(this.tokenSource, (token) -> send(request, body, execution, token))
			.execute(this.tokenSource.await());
	}

	private ClientHttpResponse send(HttpRequest request, byte[] body, ClientHttpRequestExecution execution,
			AccessToken token) throws IOException {
		ClientHttpResponse response = execution.execute(authorized(request, token), body);
		if (this.hints != null) {
			this.hints.answered(request.getURI(), token, RepeatedExecution.status(response).value());
		}
		return response;
	}

	private HttpRequest authorized(HttpRequest request, AccessToken token) {
		HttpHeaders headers = HttpHeaders.copyOf(request.getHeaders());
		headers.setBearerAuth(token.value());
		if (this.issuerHeaders != null) {
			this.issuerHeaders.apply(request.getURI(), headers);
		}
		return new ChangedRequest(request, request.getURI(), request.getMethod(), headers);
	}

}
