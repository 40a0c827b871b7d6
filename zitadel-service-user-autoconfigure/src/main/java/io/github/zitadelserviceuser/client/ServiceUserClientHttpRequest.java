// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;

import io.github.zitadelserviceuser.token.AccessToken;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.Assert;
import org.springframework.util.FastByteArrayOutputStream;
import org.springframework.util.StreamUtils;

/**
 * A request of a caller, of which each sending is a request of another factory: that one
 * alone has the token, and is not made before there is one. How this one is authorized is
 * not known before it is executed, when its attributes are.
 */
final class ServiceUserClientHttpRequest extends AbstractClientHttpRequest
		implements StreamingHttpOutputMessage, Transmission {

	private final URI uri;

	private final HttpMethod method;

	private final ClientHttpRequestFactory requestFactory;

	private final Function<? super HttpRequest, @Nullable BlockingAuthorization> choice;

	private @Nullable Body body;

	private @Nullable FastByteArrayOutputStream written;

	private @Nullable BlockingAuthorization authorization;

	ServiceUserClientHttpRequest(URI uri, HttpMethod method, ClientHttpRequestFactory requestFactory,
			Function<? super HttpRequest, @Nullable BlockingAuthorization> choice) {
		this.uri = uri;
		this.method = method;
		this.requestFactory = requestFactory;
		this.choice = choice;
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
	public void setBody(Body body) {
		assertNotExecuted();
		Assert.state(this.written == null, "Invoke either getBody or setBody; not both");
		this.body = body.repeatable() ? new CopiedBody(body) : body;
	}

	@Override
	protected OutputStream getBodyInternal(HttpHeaders headers) {
		FastByteArrayOutputStream stream = this.written;
		if (stream == null) {
			Assert.state(this.body == null, "Invoke either getBody or setBody; not both");
			stream = new FastByteArrayOutputStream(1024);
			this.written = stream;
			this.body = new Written(stream);
		}
		return stream;
	}

	@Override
	protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
		this.authorization = this.choice.apply(this);
		return (this.authorization != null) ? this.authorization.execute(this, this) : send(this, true, null);
	}

	@Override
	public boolean isRepeatable() {
		if (this.body instanceof CopiedBody copied) {
			// With neither, nobody would notice that less is sent. An answer can come
			// before all of the body was sent.
			return copied.isKnown() || getHeaders().getContentLength() >= 0;
		}
		return this.body == null || this.body.repeatable();
	}

	@Override
	public ClientHttpResponse send(HttpRequest request, boolean withBody, @Nullable AccessToken token)
			throws IOException {
		ClientHttpRequest sent = this.requestFactory.createRequest(request.getURI(), request.getMethod());
		boolean hasCredentials = BearerHeader.isIn(sent.getHeaders());
		if (!request.getHeaders().isEmpty()) {
			sent.getHeaders().addAll(request.getHeaders());
		}
		Map<String, Object> attributes = getAttributes();
		if (!attributes.isEmpty()) {
			sent.getAttributes().putAll(attributes);
		}
		// A factory that has credentials for a request knows better than we do.
		if (token != null && this.authorization != null && !hasCredentials) {
			authorize(this.authorization, request, sent, token);
		}
		if (withBody && this.body != null) {
			hand(this.body, sent);
		}
		return sent.execute();
	}

	private static void authorize(BlockingAuthorization authorization, HttpRequest request, ClientHttpRequest sent,
			AccessToken token) {
		URI uri = sent.getURI();
		// A factory may send a request to another place than it was asked to.
		if (!uri.equals(request.getURI())) {
			authorization.allowedHosts().check(uri);
		}
		authorization.apply(uri, sent.getHeaders(), token);
	}

	private static void hand(Body body, ClientHttpRequest sent) throws IOException {
		if (sent instanceof StreamingHttpOutputMessage streaming) {
			streaming.setBody(body);
		}
		else {
			body.writeTo(StreamUtils.nonClosing(sent.getBody()));
		}
	}

	/**
	 * What was written to the request, of which each sending has all.
	 *
	 * @param stream where it was written to
	 */
	private record Written(FastByteArrayOutputStream stream) implements Body {

		@Override
		public void writeTo(OutputStream outputStream) throws IOException {
			this.stream.writeTo(outputStream);
		}

		@Override
		public boolean repeatable() {
			return this.stream.size() <= CopiedBody.LARGEST;
		}

	}

}
