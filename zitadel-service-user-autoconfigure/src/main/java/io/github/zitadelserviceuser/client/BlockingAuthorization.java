// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.io.IOException;
import java.net.URI;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Authorizes the requests of a blocking client, whichever way they are sent.
 *
 * @param tokenSource where the token comes from
 * @param allowedHosts where it may go
 * @param issuerHeaders what a request to the issuer gets beside the token, if anything
 * @param hints who is told how calls are answered, if anybody
 * @param followRedirects whether redirects are followed
 */
record BlockingAuthorization(TokenSource tokenSource, AllowedHosts allowedHosts, @Nullable IssuerHeaders issuerHeaders,
		@Nullable CallHints hints, boolean followRedirects) {

	BlockingAuthorization(TokenSource tokenSource, AllowedHosts allowedHosts, @Nullable IssuerHeaders issuerHeaders) {
		this(tokenSource, allowedHosts, issuerHeaders, null, false);
	}

	BlockingAuthorization withHints(@Nullable CallHints other) {
		return new BlockingAuthorization(this.tokenSource, this.allowedHosts, this.issuerHeaders, other,
				this.followRedirects);
	}

	BlockingAuthorization withFollowRedirects(boolean follow) {
		return new BlockingAuthorization(this.tokenSource, this.allowedHosts, this.issuerHeaders, this.hints, follow);
	}

	/**
	 * Make a call: with the token, unless the request has credentials of its own, and
	 * along redirects.
	 * @param request the request, as the caller made it
	 * @param transmission how it is sent
	 * @return the answer
	 * @throws IOException if there is none
	 */
	ClientHttpResponse execute(HttpRequest request, Transmission transmission) throws IOException {
		return this.followRedirects ? new RedirectedExecution(this, transmission).execute(request)
				: executeOnce(request, true, transmission);
	}

	/**
	 * The same without looking at where the answer leads to.
	 * @param request the request, as the caller made it or a redirect has changed it
	 * @param withBody whether the body of the caller is sent
	 * @param transmission how it is sent
	 * @return the answer
	 * @throws IOException if there is none
	 */
	ClientHttpResponse executeOnce(HttpRequest request, boolean withBody, Transmission transmission)
			throws IOException {
		if (BearerHeader.isIn(request.getHeaders())) {
			return transmission.send(request, withBody, null);
		}
		this.allowedHosts.check(request.getURI());
		return new RepeatedExecution(this.tokenSource, (token) -> send(request, withBody, transmission, token),
				() -> !withBody || transmission.isRepeatable())
			.execute(this.tokenSource.await());
	}

	/**
	 * Put on a request what it gets when it is sent.
	 * @param uri the URI that is really called, which was checked
	 * @param headers the headers of the request
	 * @param token the token to send it with
	 */
	void apply(URI uri, HttpHeaders headers, AccessToken token) {
		headers.setBearerAuth(token.value());
		if (this.issuerHeaders != null) {
			this.issuerHeaders.apply(uri, headers);
		}
	}

	private ClientHttpResponse send(HttpRequest request, boolean withBody, Transmission transmission, AccessToken token)
			throws IOException {
		ClientHttpResponse response = transmission.send(request, withBody, token);
		if (this.hints != null) {
			this.hints.answered(request.getURI(), token, RepeatedExecution.status(response).value());
		}
		return response;
	}

}
