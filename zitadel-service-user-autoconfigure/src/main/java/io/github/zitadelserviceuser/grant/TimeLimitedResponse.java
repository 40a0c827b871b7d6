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

	private final Runnable abort;

	/**
	 * Create a new answer.
	 * @param response the answer as it comes
	 * @param limit the time it has
	 * @param abort ends its request, whatever of it is over
	 */
	TimeLimitedResponse(ClientHttpResponse response, ExchangeLimit limit, Runnable abort) {
		this.response = response;
		this.limit = limit;
		this.abort = abort;
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
			this.limit.watch(() -> cut(body));
			return new Body(body);
		}
		catch (IOException | RuntimeException ex) {
			// HttpURLConnection has a status before the head is complete.
			throw this.limit.toTell(ex);
		}
	}

	// A body of Jetty's that is closed keeps its connection until more of it comes.
	private void cut(InputStream body) {
		BoundedBody.cut(body);
		this.abort.run();
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
	 * To some libraries a body that another thread has closed is at its end. Here it is
	 * at its end when it is too long to be an honest answer: whoever reads it before us,
	 * such as an interceptor, holds no more in memory either.
	 */
	private final class Body extends FilterInputStream {

		private int left = BoundedBody.LARGEST;

		private boolean ended;

		private Body(InputStream body) {
			super(body);
		}

		@Override
		public int read() throws IOException {
			byte[] single = new byte[1];
			return (read(single, 0, 1) != -1) ? single[0] & 0xff : -1;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			if (this.left == 0) {
				close();
				return -1;
			}
			try {
				int count = super.read(buffer, offset, Math.min(length, this.left));
				TimeLimitedResponse.this.limit.check();
				this.ended = count == -1;
				this.left -= Math.max(count, 0);
				return count;
			}
			catch (IOException | RuntimeException ex) {
				throw TimeLimitedResponse.this.limit.toTell(ex);
			}
		}

		@Override
		public void close() {
			if (this.ended) {
				BoundedBody.cut(this.in);
			}
			else {
				cut(this.in);
			}
		}

	}

}
