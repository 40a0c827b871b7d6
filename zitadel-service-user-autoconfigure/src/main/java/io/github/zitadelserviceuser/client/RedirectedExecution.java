// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An execution that follows redirects to where the token may go, and authorizes each
 * request on the way anew.
 */
final class RedirectedExecution {

	private final BlockingAuthorization authorization;

	private final Transmission transmission;

	RedirectedExecution(BlockingAuthorization authorization, Transmission transmission) {
		this.authorization = authorization;
		this.transmission = transmission;
	}

	ClientHttpResponse execute(HttpRequest request) throws IOException {
		HttpRequest current = request;
		boolean withBody = true;
		ClientHttpResponse response = this.authorization.executeOnce(current, withBody, this.transmission);
		for (int hops = 0; hops < Redirect.MOST; hops++) {
			Redirect redirect = redirect(current, response, withBody);
			if (redirect == null) {
				break;
			}
			response.close();
			redirect.check(this.authorization.allowedHosts());
			current = new ChangedRequest(current, redirect.target(), redirect.method(),
					redirect.headersOf(current.getHeaders()));
			withBody = withBody && redirect.withBody();
			response = this.authorization.executeOnce(current, withBody, this.transmission);
		}
		return response;
	}

	// None where the caller has to decide: about credentials of its own, and a body that
	// cannot be sent again.
	private @Nullable Redirect redirect(HttpRequest request, ClientHttpResponse response, boolean withBody)
			throws IOException {
		try {
			Redirect redirect = Redirect.of(request.getURI(), request.getMethod(), response.getStatusCode(),
					response.getHeaders());
			if (redirect == null || !redirect.isFor(request.getHeaders())) {
				return null;
			}
			return (withBody && redirect.withBody() && !this.transmission.isRepeatable()) ? null : redirect;
		}
		catch (IOException | RuntimeException ex) {
			// Nobody else has the answer, whose connection would stay open.
			response.close();
			throw ex;
		}
	}

}
