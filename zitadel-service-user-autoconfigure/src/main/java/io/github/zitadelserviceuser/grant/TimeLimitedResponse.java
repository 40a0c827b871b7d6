// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * The answer to a {@link TimeLimitedRequest}: the time goes on until it is closed.
 */
final class TimeLimitedResponse implements ClientHttpResponse {

	private final ClientHttpResponse response;

	private final ExchangeLimit limit;

	TimeLimitedResponse(ClientHttpResponse response, ExchangeLimit limit) {
		this.response = response;
		this.limit = limit;
	}

	@Override
	public HttpStatusCode getStatusCode() throws IOException {
		return this.response.getStatusCode();
	}

	@Override
	public String getStatusText() throws IOException {
		return this.response.getStatusText();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.response.getHeaders();
	}

	@Override
	public InputStream getBody() throws IOException {
		try {
			InputStream body = this.response.getBody();
			this.limit.watch(() -> BoundedBody.cut(body));
			return new Body(body, this.limit);
		}
		catch (IOException | RuntimeException ex) {
			// HttpURLConnection has a status before the head is complete.
			throw this.limit.toTell(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.response.close();
		}
		finally {
			this.limit.end();
		}
	}

	/**
	 * To some libraries a body that another thread has closed is at its end.
	 */
	private static final class Body extends FilterInputStream {

		private final ExchangeLimit limit;

		private Body(InputStream body, ExchangeLimit limit) {
			super(body);
			this.limit = limit;
		}

		@Override
		public int read() throws IOException {
			byte[] single = new byte[1];
			return (read(single, 0, 1) != -1) ? single[0] & 0xff : -1;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			try {
				int count = super.read(buffer, offset, length);
				this.limit.check();
				return count;
			}
			catch (IOException | RuntimeException ex) {
				throw this.limit.toTell(ex);
			}
		}

		@Override
		public void close() {
			BoundedBody.cut(this.in);
		}

	}

}
