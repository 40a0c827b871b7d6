/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zitadelserviceuser.benchmarks.loopback;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.zitadelserviceuser.benchmarks.call.Authorization;
import io.github.zitadelserviceuser.benchmarks.call.Clients;
import io.github.zitadelserviceuser.benchmarks.report.Environment;
import io.github.zitadelserviceuser.benchmarks.report.PerformancePage;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenResponse;

import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes real calls over the loopback interface, as many as the machine can do, and writes
 * how many that were into the documentation.
 *
 * @since 0.1.0
 */
public final class LoopbackMeasurement {

	private static final List<Authorization> KINDS = List.of(Authorization.CONSTANT_HEADER, Authorization.SERVICE_USER,
			Authorization.SPRING_SECURITY);

	private final RefreshingTokenSource tokens = RefreshingTokenSource
		.builder(() -> new TokenResponse("token-1", Duration.ofHours(12)))
		.build();

	private final int threads = 2 * Runtime.getRuntime().availableProcessors();

	private final ExecutorService callers = Executors.newFixedThreadPool(this.threads);

	private final ExecutorService handlers = Executors.newFixedThreadPool(this.threads);

	private final HttpServer server;

	private final URI resource;

	private LoopbackMeasurement() throws Exception {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.handlers);
		this.server.createContext("/resource", LoopbackMeasurement::answer);
		this.server.start();
		this.resource = URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/resource");
	}

	/**
	 * Run the measurement.
	 * @param args the directory of the documentation, and {@code short} or {@code full}
	 * @throws Exception if it fails
	 */
	public static void main(String[] args) throws Exception {
		Environment environment = Environment.current();
		boolean full = "full".equals(args[1]);
		LoopbackMeasurement measurement = new LoopbackMeasurement();
		String content = measurement.measure(full ? 20 : 7, Duration.ofMillis(full ? 3_000 : 700));
		measurement.close();
		new PerformancePage(Path.of(args[0])).replace("loopback", environment, content);
		System.out.println(content);
	}

	private static void answer(HttpExchange exchange) throws IOException {
		boolean authorized = exchange.getRequestHeaders().containsKey("Authorization");
		exchange.sendResponseHeaders(authorized ? 204 : 401, -1);
		exchange.close();
	}

	private String measure(int rounds, Duration round) throws Exception {
		StringBuilder table = new StringBuilder("""
				| client | authorization | calls a second | slowest and fastest round | to the constant header |
				|---|---|--:|--:|--:|
				""");
		Map<Authorization, Runnable> restClients = new EnumMap<>(Authorization.class);
		Map<Authorization, Runnable> webClients = new EnumMap<>(Authorization.class);
		for (Authorization kind : KINDS) {
			RestClient restClient = Clients.restClient(kind, this.tokens, this.resource,
					new JdkClientHttpRequestFactory());
			restClients.put(kind, () -> restClient.get().uri(this.resource).retrieve().toBodilessEntity());
			WebClient webClient = Clients.webClient(kind, this.tokens, this.resource, new JdkClientHttpConnector());
			webClients.put(kind, () -> webClient.get().uri(this.resource).retrieve().toBodilessEntity().block());
		}
		append(table, "RestClient", restClients, rounds, round);
		append(table, "WebClient", webClients, rounds, round);
		return table + "\n"
				+ String.format(Locale.ROOT,
						"""
								Client and server in one process, the JDK's HTTP client and server, %d threads that call. The kinds take turns, \
								%d rounds of %d ms each; the median of the rounds, and the fastest and slowest one. Where the spans overlap, \
								the difference is noise.
								""",
						this.threads, rounds, round.toMillis());
	}

	private void append(StringBuilder table, String title, Map<Authorization, Runnable> clients, int rounds,
			Duration round) throws Exception {
		Map<Authorization, List<Double>> rates = new EnumMap<>(Authorization.class);
		clients.keySet().forEach((kind) -> rates.put(kind, new ArrayList<>()));
		for (int i = -2; i < rounds; i++) {
			for (Map.Entry<Authorization, Runnable> client : clients.entrySet()) {
				double rate = rate(client.getValue(), round);
				// The first two are for the compiler.
				if (i >= 0) {
					rates.getOrDefault(client.getKey(), List.of()).add(rate);
				}
			}
		}
		rates.values().forEach(Collections::sort);
		double constant = median(rates, Authorization.CONSTANT_HEADER);
		rates.forEach((kind,
				sorted) -> table.append(String.format(Locale.ROOT, "| %s | %s | %,.0f | %,.0f to %,.0f | %.3f |%n",
						title, kind.title(), median(rates, kind), sorted.get(0), sorted.get(rounds - 1),
						median(rates, kind) / constant)));
	}

	private static double median(Map<Authorization, List<Double>> rates, Authorization kind) {
		List<Double> sorted = rates.getOrDefault(kind, List.of());
		return sorted.get(sorted.size() / 2);
	}

	private double rate(Runnable call, Duration duration) throws Exception {
		long startedAt = System.nanoTime();
		List<Future<Integer>> counts = new ArrayList<>();
		for (int i = 0; i < this.threads; i++) {
			counts.add(this.callers.submit(() -> {
				int count = 0;
				while (System.nanoTime() - startedAt < duration.toNanos()) {
					call.run();
					count++;
				}
				return count;
			}));
		}
		long sum = 0;
		for (Future<Integer> count : counts) {
			sum += count.get();
		}
		return sum * 1e9 / (System.nanoTime() - startedAt);
	}

	private void close() {
		this.callers.shutdownNow();
		this.server.stop(0);
		this.handlers.shutdownNow();
		this.tokens.close();
	}

}
