// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.net.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.support.HttpRequestWrapper;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of requests that an interceptor around ours sends more than once.
 */
class RepeatedCallTests {

	private final RecordingServer server = new RecordingServer();

	private final RecordingServer other = new RecordingServer();

	private final ScriptedTokenSource tokens = new ScriptedTokenSource();

	@AfterEach
	void close() {
		this.server.close();
		this.other.close();
	}

	@Test
	void callWhenRepeatedByAnotherInterceptorThenHasTheTokenOfThatTime() {
		this.tokens.keepWhenRejected();
		assertThat(call((request, body, execution) -> {
			execution.execute(request, body).close();
			this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("second")));
			return execution.execute(request, body);
		})).isEqualTo("welcome");
		assertThat(this.server.received()).extracting(RecordingServer.Received::authorization)
			.containsExactly(List.of("Bearer first"), List.of("Bearer second"));
	}

	@Test
	void callWhenSentToAnotherHostByAnotherInterceptorThenIsRefused() {
		assertThatExceptionOfType(HostNotAllowedException.class).isThrownBy(() -> call((request, body, execution) -> {
			execution.execute(request, body).close();
			return execution.execute(new Elsewhere(request, this.other.uri()), body);
		}));
		assertThat(this.other.received()).isEmpty();
	}

	@Test
	void callWhenDoneThenTheRequestOfTheCallerHasNoToken() {
		AtomicReference<HttpHeaders> headers = new AtomicReference<>();
		call((request, body, execution) -> {
			headers.set(request.getHeaders());
			return execution.execute(request, body);
		});
		assertThat(headers.get().containsHeader(HttpHeaders.AUTHORIZATION)).isFalse();
		assertThat(this.server.received()).isNotEmpty();
	}

	private String call(ClientHttpRequestInterceptor around) {
		AllowedHosts allowedHosts = new AllowedHosts("zitadel.service-user", Set.of(Origin.of(this.server.uri())),
				List.of(), true);
		return RestClient.builder()
			.requestFactory(new JdkClientHttpRequestFactory())
			.requestInterceptor(around)
			.requestInterceptor(new ServiceUserHttpRequestInterceptor(this.tokens, allowedHosts, null))
			.build()
			.get()
			.uri(this.server.uri())
			.retrieve()
			.body(String.class);
	}

	private static final class Elsewhere extends HttpRequestWrapper {

		private final URI uri;

		private Elsewhere(HttpRequest request, URI uri) {
			super(request);
			this.uri = uri;
		}

		@Override
		public URI getURI() {
			return this.uri;
		}

	}

}
