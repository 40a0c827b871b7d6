// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.loopback;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import com.sun.management.OperatingSystemMXBean;
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

	// The first one twice: what lies between the two is noise.
	private static final List<Authorization> KINDS = List.of(Authorization.CONSTANT_HEADER,
			Authorization.CONSTANT_HEADER, Authorization.SERVICE_USER, Authorization.SPRING_SECURITY);

	// The first ones are for the compiler.
	private static final int WARM_UP = 10;

	private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

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
		String content = measurement.measure(full ? 101 : 21, Duration.ofMillis(300));
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
		List<Runnable> restClients = new ArrayList<>();
		List<Runnable> webClients = new ArrayList<>();
		for (Authorization kind : KINDS) {
			RestClient restClient = Clients.restClient(kind, this.tokens, this.resource,
					new JdkClientHttpRequestFactory());
			restClients.add(() -> restClient.get().uri(this.resource).retrieve().toBodilessEntity());
			WebClient webClient = Clients.webClient(kind, this.tokens, this.resource, new JdkClientHttpConnector());
			webClients.add(() -> webClient.get().uri(this.resource).retrieve().toBodilessEntity().block());
		}
		return """
				| client | authorization | calls a second | to the constant header | in half of the rounds | µs of CPU per call \
				| to the constant header |
				|---|---|--:|--:|--:|--:|--:|
				"""
				+ rows("RestClient", restClients, rounds, round) + rows("WebClient", webClients, rounds, round) + "\n"
				+ String.format(Locale.ROOT,
						"""
								Client and server in one process, the JDK's HTTP client and server, %d threads that call. The kinds take turns, \
								%d rounds of %d ms each. All figures are medians, the ratios of what is in the same round. The constant header \
								stands there twice, with a client of its own each time: the difference between the two is noise.
								""",
						this.threads, rounds, round.toMillis());
	}

	private String rows(String title, List<Runnable> clients, int rounds, Duration round) throws Exception {
		List<List<Round>> results = clients.stream().map((client) -> (List<Round>) new ArrayList<Round>()).toList();
		for (int i = -WARM_UP; i < rounds; i++) {
			for (int turn = 0; turn < clients.size(); turn++) {
				// Backwards and forwards, so that none comes after the same one always.
				int kind = (i % 2 == 0) ? turn : clients.size() - 1 - turn;
				Round result = run(clients.get(kind), round);
				if (i >= 0) {
					results.get(kind).add(result);
				}
			}
		}
		StringBuilder rows = new StringBuilder();
		for (int kind = 0; kind < clients.size(); kind++) {
			rows.append(row(title, (kind == 1) ? "the same once more" : KINDS.get(kind).title(), results.get(kind),
					results.get(0)));
		}
		return rows.toString();
	}

	private static String row(String client, String title, List<Round> rounds, List<Round> constant) {
		double[] rates = sorted(rounds.size(), (i) -> rounds.get(i).rate());
		double[] rateRatios = sorted(rounds.size(), (i) -> rounds.get(i).rate() / constant.get(i).rate());
		double[] cpu = sorted(rounds.size(), (i) -> rounds.get(i).cpuMicros());
		double[] cpuRatios = sorted(rounds.size(), (i) -> rounds.get(i).cpuMicros() / constant.get(i).cpuMicros());
		int middle = rounds.size() / 2;
		return String.format(Locale.ROOT, "| %s | %s | %,.0f | %.3f | %.3f to %.3f | %,.1f | %.3f |%n", client, title,
				rates[middle], rateRatios[middle], rateRatios[rounds.size() / 4], rateRatios[rounds.size() * 3 / 4],
				cpu[middle], cpuRatios[middle]);
	}

	private static double[] sorted(int size, IntToDoubleFunction value) {
		return IntStream.range(0, size).mapToDouble(value).sorted().toArray();
	}

	private Round run(Runnable call, Duration duration) throws Exception {
		long cpuBefore = this.process.getProcessCpuTime();
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
		return new Round(sum * 1e9 / (System.nanoTime() - startedAt),
				(this.process.getProcessCpuTime() - cpuBefore) / 1e3 / sum);
	}

	private void close() {
		this.callers.shutdownNow();
		this.server.stop(0);
		this.handlers.shutdownNow();
		this.tokens.close();
	}

	/**
	 * What a round was.
	 *
	 * @param rate the calls per second
	 * @param cpuMicros the microseconds of CPU time of the whole process per call
	 */
	private record Round(double rate, double cpuMicros) {

	}

}
