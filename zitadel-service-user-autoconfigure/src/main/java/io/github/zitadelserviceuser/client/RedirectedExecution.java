// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.io.IOException;

import io.github.zitadelserviceuser.net.AllowedHosts;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An execution that follows redirects to where the token may go, and authorizes each
 * request on the way anew.
 */
final class RedirectedExecution implements ClientHttpRequestExecution {

	private final ClientHttpRequestExecution authorized;

	private final AllowedHosts allowedHosts;

	RedirectedExecution(ClientHttpRequestExecution authorized, AllowedHosts allowedHosts) {
		this.authorized = authorized;
		this.allowedHosts = allowedHosts;
	}

	@Override
	public ClientHttpResponse execute(HttpRequest request, byte[] body) throws IOException {
		HttpRequest current = request;
		byte[] content = body;
		ClientHttpResponse response = this.authorized.execute(current, content);
		for (int hops = 0; hops < Redirect.MOST; hops++) {
			Redirect redirect = redirect(current, response);
			if (redirect == null) {
				break;
			}
			response.close();
			redirect.check(this.allowedHosts);
			current = new ChangedRequest(current, redirect.target(), redirect.method(),
					redirect.headersOf(current.getHeaders()));
			content = redirect.withBody() ? content : new byte[0];
			response = this.authorized.execute(current, content);
		}
		return response;
	}

	private static @Nullable Redirect redirect(HttpRequest request, ClientHttpResponse response) throws IOException {
		try {
			Redirect redirect = Redirect.of(request.getURI(), request.getMethod(), response.getStatusCode(),
					response.getHeaders());
			return (redirect != null && redirect.isFor(request.getHeaders())) ? redirect : null;
		}
		catch (IOException | RuntimeException ex) {
			// Nobody else has the answer, whose connection would stay open.
			response.close();
			throw ex;
		}
	}

}
