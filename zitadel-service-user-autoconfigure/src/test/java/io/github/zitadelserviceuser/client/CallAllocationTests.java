// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import com.sun.management.ThreadMXBean;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.Origin;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call costs little more than one with a constant header.
 */
class CallAllocationTests {

	private static final int CALLS = 20_000;

	// Found: 320 and 408. A copy of the headers more would make it some hundreds more.
	private static final int MORE = 600;

	private static final URI RESOURCE = URI.create("https://api.example.com/resource");

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final RefreshingTokenSource tokens = RefreshingTokenSource
		.builder(() -> new TokenResponse("token", Duration.ofHours(12)))
		.build();

	private final AllowedHosts allowedHosts = new AllowedHosts("zitadel.service-user", List.of(Origin.of(RESOURCE)),
			List.of(), true);

	@BeforeEach
	void obtain() {
		this.tokens.await();
	}

	@AfterEach
	void close() {
		this.tokens.close();
	}

	@Test
	void filterWhenTokenIsHeldThenAllocatesLittleMoreThanConstantHeader() {
		ExchangeFilterFunction constant = (request, next) -> next
			.exchange(ClientRequest.from(request).headers((headers) -> headers.setBearerAuth("token")).build());
		double ours = bytesPerCall(call(new ServiceUserExchangeFilterFunction(this.tokens, this.allowedHosts, null)));
		double constants = bytesPerCall(call(constant));
		assertThat(ours).isLessThan(constants + MORE);
	}

	@Test
	void interceptWhenTokenIsHeldThenAllocatesLittleMoreThanConstantHeader() {
		ClientHttpRequestInterceptor constant = (request, body, execution) -> {
			request.getHeaders().setBearerAuth("token");
			return execution.execute(request, body);
		};
		double ours = bytesPerCall(call(new ServiceUserHttpRequestInterceptor(this.tokens, this.allowedHosts, null)));
		double constants = bytesPerCall(call(constant));
		assertThat(ours).isLessThan(constants + MORE);
	}

	@Test
	void executeWhenTokenIsHeldThenAllocatesLittleMoreThanConstantHeader() {
		MockClientHttpResponse response = new MockClientHttpResponse(new byte[0], HttpStatus.OK);
		ClientHttpRequestFactory wire = (uri, method) -> {
			MockClientHttpRequest request = new MockClientHttpRequest(method, uri);
			request.setResponse(response);
			return request;
		};
		ClientHttpRequestFactory constant = (uri, method) -> {
			ClientHttpRequest request = wire.createRequest(uri, method);
			request.getHeaders().setBearerAuth("token");
			return request;
		};
		double ours = bytesPerCall(
				execution(new ServiceUserClientHttpRequestFactory(wire, this.tokens, this.allowedHosts, null)));
		double constants = bytesPerCall(execution(constant));
		assertThat(ours).isLessThan(constants + MORE);
	}

	private static Runnable execution(ClientHttpRequestFactory requestFactory) {
		return () -> {
			try {
				requestFactory.createRequest(RESOURCE, HttpMethod.GET).execute();
			}
			catch (IOException ex) {
				throw new AssertionError(ex);
			}
		};
	}

	private static Runnable call(ExchangeFilterFunction filter) {
		ClientRequest request = ClientRequest.create(HttpMethod.GET, RESOURCE).build();
		ClientResponse response = ClientResponse.create(HttpStatus.OK).build();
		ExchangeFunction next = (sent) -> WrittenRequest.headers(sent).map((headers) -> {
			assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer token");
			return response;
		});
		assertThat(filter.filter(request, next).block()).isNotNull();
		return () -> filter.filter(request, (sent) -> WrittenRequest.headers(sent).map((headers) -> response)).block();
	}

	private static Runnable call(ClientHttpRequestInterceptor interceptor) {
		MockClientHttpResponse response = new MockClientHttpResponse(new byte[0], HttpStatus.OK);
		ClientHttpRequestExecution checking = (sent, body) -> {
			assertThat(sent.getHeaders().getFirst("Authorization")).isEqualTo("Bearer token");
			return response;
		};
		intercept(interceptor, checking);
		return () -> intercept(interceptor, (sent, body) -> response);
	}

	private static void intercept(ClientHttpRequestInterceptor interceptor, ClientHttpRequestExecution execution) {
		try {
			interceptor.intercept(new MockClientHttpRequest(HttpMethod.GET, RESOURCE), new byte[0], execution);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private double bytesPerCall(Runnable call) {
		long thread = Thread.currentThread().getId();
		long least = Long.MAX_VALUE;
		for (int round = 0; round < 5; round++) {
			long before = this.threads.getThreadAllocatedBytes(thread);
			for (int i = 0; i < CALLS; i++) {
				call.run();
			}
			least = Math.min(least, this.threads.getThreadAllocatedBytes(thread) - before);
		}
		return (double) least / CALLS;
	}

}
