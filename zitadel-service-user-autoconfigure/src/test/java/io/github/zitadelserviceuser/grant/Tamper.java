// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;

/**
 * A proxy on the way that changes the bodies of token requests.
 */
final class Tamper implements ClientHttpRequestInterceptor {

	private volatile UnaryOperator<String> change = UnaryOperator.identity();

	void change(UnaryOperator<String> change) {
		this.change = change;
	}

	void stop() {
		this.change = UnaryOperator.identity();
	}

	RestClient restClient() {
		return HttpClientKind.JDK.builder(UnaryOperator.identity()).requestInterceptor(this).build();
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		if (request.getMethod() != HttpMethod.POST) {
			return execution.execute(request, body);
		}
		byte[] changed = this.change.apply(new String(body, StandardCharsets.US_ASCII))
			.getBytes(StandardCharsets.US_ASCII);
		request.getHeaders().setContentLength(changed.length);
		return execution.execute(request, changed);
	}

}
