// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.call;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A whole call of a client whose wire answers at once, with each kind of authorization.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallBenchmark {

	private static final URI RESOURCE = URI.create("https://api.example.com/resource");

	/**
	 * How calls are authorized.
	 */
	@Param
	public Authorization authorization = Authorization.NONE;

	private final RefreshingTokenSource tokens = RefreshingTokenSource
		.builder(() -> new TokenResponse("token-1", Duration.ofHours(12)))
		.build();

	private WebClient webClient = WebClient.create();

	private RestClient restClient = RestClient.create();

	/**
	 * Build the clients, and fail unless their calls are authorized as they should be.
	 */
	@Setup
	public void build() {
		boolean authorized = this.authorization != Authorization.NONE;
		this.tokens.await();
		Predicate<HttpHeaders> check = (headers) -> headers.containsHeader(HttpHeaders.AUTHORIZATION) == authorized;
		this.webClient = Clients.webClient(this.authorization, this.tokens, RESOURCE, new StubConnector(check));
		this.restClient = Clients.restClient(this.authorization, this.tokens, RESOURCE, new StubRequestFactory(check));
		webClient();
		restClient();
	}

	/**
	 * End the background thread.
	 */
	@TearDown
	public void close() {
		this.tokens.close();
	}

	/**
	 * Call with a WebClient.
	 * @return the answer
	 */
	@Benchmark
	public @Nullable ResponseEntity<Void> webClient() {
		return this.webClient.get().uri(RESOURCE).retrieve().toBodilessEntity().block();
	}

	/**
	 * Call with a RestClient.
	 * @return the answer
	 */
	@Benchmark
	public ResponseEntity<Void> restClient() {
		return this.restClient.get().uri(RESOURCE).retrieve().toBodilessEntity();
	}

}
