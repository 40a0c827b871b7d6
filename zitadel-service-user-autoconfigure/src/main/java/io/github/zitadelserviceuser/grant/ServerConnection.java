// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Speaks HTTP with the authorization server and returns whatever it answers, as long as
 * it is no longer than any honest answer.
 */
final class ServerConnection {

	private static final int LARGEST_BODY = BoundedBody.LARGEST;

	/** Of a header that is a secret. A shorter one is found within words by chance. */
	private static final int SHORTEST_SECRET = 8;

	private final RestClient restClient;

	private final AuthorizationServer server;

	private final ConnectionFailures failures;

	ServerConnection(RestClient restClient, AuthorizationServer server) {
		this.restClient = restClient;
		this.server = server;
		this.failures = new ConnectionFailures(server);
	}

	ServerAnswer get(URI uri) {
		return exchange(HttpMethod.GET, uri, null, null);
	}

	/**
	 * Post a form. It is written by a callback: any other body of a {@link RestClient} is
	 * logged, and sent once more by a client that repeats requests on its own account,
	 * which would be the same assertion again.
	 * @param uri where to
	 * @param form the form, encoded
	 * @param authorization the value of the {@code Authorization} header, if any
	 * @return the answer
	 */
	ServerAnswer post(URI uri, String form, @Nullable String authorization) {
		return exchange(HttpMethod.POST, uri, form.getBytes(StandardCharsets.US_ASCII), authorization);
	}

	private ServerAnswer exchange(HttpMethod method, URI uri, byte @Nullable [] form, @Nullable String authorization) {
		RestClient.RequestBodySpec request = this.restClient.method(method).uri(uri).accept(MediaType.APPLICATION_JSON);
		// The next request is hours away: by then a connection that is kept has died, and
		// not always so that it shows.
		request.header(HttpHeaders.CONNECTION, "close");
		if (this.server.isInternal()) {
			request.header(AuthorizationServer.INSTANCE_HOST_HEADER, this.server.instanceHost());
		}
		this.server.headers().forEach(request::header);
		if (authorization != null) {
			request.header(HttpHeaders.AUTHORIZATION, authorization);
		}
		if (form != null) {
			request.contentType(MediaType.APPLICATION_FORM_URLENCODED)
				.contentLength(form.length)
				.body((output) -> output.write(form));
		}
		ServerAnswer answer = exchange(uri, request);
		TokenRequestException misdirected = this.failures.misdirected(answer);
		if (misdirected != null) {
			throw misdirected;
		}
		return answer;
	}

	private ServerAnswer exchange(URI uri, RestClient.RequestBodySpec request) {
		try {
			return request.exchangeForRequiredValue((sent, response) -> read(uri, response));
		}
		catch (TokenRequestException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			if (ConnectionFailures.isUnauthorized(ex)) {
				return new ServerAnswer(uri, HttpStatus.UNAUTHORIZED.value(), HttpHeaders.EMPTY, "");
			}
			throw this.failures.of(uri,
					(ex instanceof ResourceAccessException && ex.getCause() != null) ? ex.getCause() : ex);
		}
	}

	private ServerAnswer read(URI uri, ClientHttpResponse response) throws IOException {
		try (BoundedBody body = new BoundedBody(response.getBody())) {
			byte[] content = body.read(LARGEST_BODY);
			if (content == null) {
				throw new TokenRequestException(Reason.INVALID_RESPONSE, "The answer of " + uri + " is longer than "
						+ LARGEST_BODY / 1024 + " KiB and was not read further. Is it a ZITADEL instance?");
			}
			HttpStatusCode status = response.getStatusCode();
			// HttpURLConnection takes a body that is cut short for a whole one, and keeps
			// those of other answers to itself.
			if (status.is2xxSuccessful() && content.length < response.getHeaders().getContentLength()) {
				throw new EOFException("The answer ended after " + content.length + " of "
						+ response.getHeaders().getContentLength() + " bytes");
			}
			return new ServerAnswer(uri, status.value(), response.getHeaders(),
					withoutHeaders(status, new String(content, StandardCharsets.UTF_8)));
		}
	}

	// What stands before the server may well quote what it does not accept.
	private String withoutHeaders(HttpStatusCode status, String body) {
		String shown = body;
		for (String value : status.is2xxSuccessful() ? List.<String>of() : this.server.headers().values()) {
			shown = (value.length() >= SHORTEST_SECRET) ? shown.replace(value, "[...]") : shown;
		}
		return shown;
	}

}
