// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * A request of a caller, with another URI, method or headers. The caller's stays as it
 * is: who sends it again, perhaps to another host, must find it without a token.
 */
final class ChangedRequest extends HttpRequestWrapper {

	private final URI uri;

	private final HttpMethod method;

	private final HttpHeaders headers;

	ChangedRequest(HttpRequest request, URI uri, HttpMethod method, HttpHeaders headers) {
		super(request);
		this.uri = uri;
		this.method = method;
		this.headers = headers;
	}

	@Override
	public URI getURI() {
		return this.uri;
	}

	@Override
	public HttpMethod getMethod() {
		return this.method;
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

}
