// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.call;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/**
 * The wire of a RestClient that answers at once: 200, if the request has the headers that
 * it should have, and 400 otherwise.
 *
 * @since 0.1.0
 */
public final class StubRequestFactory implements ClientHttpRequestFactory {

	private final Predicate<HttpHeaders> authorized;

	/**
	 * Create a new wire.
	 * @param authorized tells whether a request has the headers that it should have
	 */
	public StubRequestFactory(Predicate<HttpHeaders> authorized) {
		this.authorized = authorized;
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod method) {
		return new Request(uri, method, this.authorized);
	}

	private static final class Request extends AbstractClientHttpRequest {

		private final URI uri;

		private final HttpMethod method;

		private final Predicate<HttpHeaders> authorized;

		private @Nullable ByteArrayOutputStream body;

		private Request(URI uri, HttpMethod method, Predicate<HttpHeaders> authorized) {
			this.uri = uri;
			this.method = method;
			this.authorized = authorized;
		}

		@Override
		public HttpMethod getMethod() {
			return this.method;
		}

		@Override
		public URI getURI() {
			return this.uri;
		}

		@Override
		protected OutputStream getBodyInternal(HttpHeaders headers) {
			if (this.body == null) {
				this.body = new ByteArrayOutputStream();
			}
			return this.body;
		}

		@Override
		protected ClientHttpResponse executeInternal(HttpHeaders headers) {
			return new Response(this.authorized.test(headers) ? HttpStatus.OK : HttpStatus.BAD_REQUEST);
		}

	}

	private static final class Response implements ClientHttpResponse {

		private final HttpHeaders headers = new HttpHeaders();

		private final HttpStatus status;

		private Response(HttpStatus status) {
			this.status = status;
		}

		@Override
		public HttpStatusCode getStatusCode() {
			return this.status;
		}

		@Override
		public String getStatusText() {
			return this.status.getReasonPhrase();
		}

		@Override
		public void close() {
		}

		@Override
		public InputStream getBody() {
			return InputStream.nullInputStream();
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

	}

}
