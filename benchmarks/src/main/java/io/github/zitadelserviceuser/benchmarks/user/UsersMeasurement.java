// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.user;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.github.zitadelserviceuser.benchmarks.report.Environment;
import io.github.zitadelserviceuser.benchmarks.report.Heap;
import io.github.zitadelserviceuser.benchmarks.report.PerformancePage;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.SharedResources;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.GenericBeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Has more and more service users in one process, and writes what each further one costs
 * into the documentation.
 *
 * @since 0.1.0
 */
public final class UsersMeasurement {

	private static final int[] USERS = { 1, 50, 1_000 };

	private static final int[] USERS_AT_START = { 0, 100 };

	private static final int STARTS = 7;

	/** A thousand at once take longer than the default, on few processors. */
	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private UsersMeasurement() {
	}

	/**
	 * Run the measurement.
	 * @param args the directory of the documentation, and {@code short} or {@code full}
	 * @throws Exception if it fails
	 */
	public static void main(String[] args) throws Exception {
		Environment environment = Environment.current();
		StringBuilder table = new StringBuilder(
				"""
						| service users | token requests | discoveries | ms until all have a token | threads of ours at most | heap per user |
						|--:|--:|--:|--:|--:|--:|
						""");
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			Path key = zitadel.serviceUser().keyFile();
			row(zitadel, key, USERS[1]);
			for (int users : USERS) {
				table.append(row(zitadel, key, users));
			}
			double[] start = start(zitadel, key);
			List<String> definitions = new ArrayList<>();
			double configured = heap(() -> run(zitadel, key, USERS[1], definitions),
					() -> run(zitadel, key, USERS[2], definitions));
			int kinds = definitions.size();
			double bare = heap(() -> bare(kinds, USERS[1]), () -> bare(kinds, USERS[2]));
			String content = table + "\n"
					+ String.format(Locale.ROOT,
							"""
									All are asked at the same moment, while none holds a token; each has the same key, so that the time is not that \
									of making keys. The heap is that of users that hold a token and have been at rest since.

									An application with %d named users takes %.1f ms more of a processor to start than one with the unnamed user alone, %.2f ms for each \
									(medians of %d starts each, in turn, in a process that has started before).

									A named user that has not been asked for a token holds %.1f KiB there, %.1f KiB of which are its %d bean \
									definitions: Spring holds so much for as many that make nothing. By hand there are none.
									""",
							USERS_AT_START[1], start[1] - start[0], (start[1] - start[0]) / USERS_AT_START[1], STARTS,
							configured, bare, kinds);
			new PerformancePage(Path.of(args[0])).replace("users", environment, content);
			System.out.println(content);
		}
	}

	private static String row(FakeZitadel zitadel, Path key, int count) throws Exception {
		zitadel.reset();
		awaitRest();
		try (SharedResources shared = SharedResources.builder()
			.requestFactoryBuilder(ClientHttpRequestFactoryBuilder.jdk())
			.connectorBuilder(ClientHttpConnectorBuilder::jdk)
			.build()) {
			List<ServiceUserClient> users = new ArrayList<>(IntStream.range(0, count)
				.mapToObj((i) -> ServiceUserClient.builder()
					.name("user-" + i)
					.issuerUri(zitadel.issuer())
					.keyLocation(key.toString())
					.refreshPolicy(RefreshPolicy.defaults().withTokenTimeout(PATIENCE))
					.readTimeout(PATIENCE)
					.sharedResources(shared)
					.build())
				.toList());
			long started = System.nanoTime();
			CompletableFuture<?>[] tokens = users.stream()
				.map((user) -> user.tokenSource().get())
				.toArray(CompletableFuture[]::new);
			long threads = threads();
			CompletableFuture.allOf(tokens).join();
			Arrays.fill(tokens, null);
			Duration all = Duration.ofNanos(System.nanoTime() - started);
			int requests = zitadel.tokenEndpoint().requestCount();
			int discoveries = zitadel.discovery().requestCount();
			zitadel.reset();
			long held = Heap.used();
			users.forEach(ServiceUserClient::close);
			users.clear();
			// Against what is left without them, since the other end is in this process
			// too.
			long kept = Math.max(0, held - Heap.used());
			return String.format(Locale.ROOT, "| %,d | %,d | %,d | %,d | %,d | %.1f KiB |%n", count, requests,
					discoveries, all.toMillis(), threads, kept / 1024.0 / count);
		}
	}

	// Those of what was measured before have nothing to do, and are gone in a moment.
	private static void awaitRest() {
		while (threads() > 0) {
			LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
		}
	}

	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("service-user-token"))
			.count();
	}

	private static double[] start(FakeZitadel zitadel, Path key) {
		List<List<Double>> times = new ArrayList<>(List.of(new ArrayList<>(), new ArrayList<>()));
		for (int round = -2; round < STARTS; round++) {
			for (int kind = 0; kind < USERS_AT_START.length; kind++) {
				double time = start(zitadel, key, USERS_AT_START[kind]);
				if (round >= 0) {
					times.get(kind).add(time);
				}
			}
		}
		return times.stream().mapToDouble(UsersMeasurement::median).toArray();
	}

	private static double start(FakeZitadel zitadel, Path key, int named) {
		SpringApplication application = application(zitadel, key, named);
		// Of the processor, of which a machine that has other things to do gives less.
		ThreadMXBean thread = ManagementFactory.getThreadMXBean();
		long started = thread.getCurrentThreadCpuTime();
		ConfigurableApplicationContext context = application.run();
		double time = (thread.getCurrentThreadCpuTime() - started) / 1_000_000.0;
		context.close();
		return time;
	}

	private static double heap(Supplier<ConfigurableApplicationContext> few,
			Supplier<ConfigurableApplicationContext> many) {
		return (held(many) - held(few)) / 1024.0 / (USERS[2] - USERS[1]);
	}

	private static long held(Supplier<ConfigurableApplicationContext> application) {
		try (ConfigurableApplicationContext context = application.get()) {
			long used = Heap.used();
			// Not collected before.
			return context.isActive() ? used : 0;
		}
	}

	private static ConfigurableApplicationContext run(FakeZitadel zitadel, Path key, int named,
			List<String> definitions) {
		ConfigurableApplicationContext context = application(zitadel, key, named).run();
		definitions.clear();
		Arrays.stream(context.getBeanFactory().getBeanDefinitionNames())
			.filter((name) -> name.endsWith(".user-0"))
			.forEach(definitions::add);
		return context;
	}

	private static ConfigurableApplicationContext bare(int kinds, int users) {
		GenericApplicationContext context = new GenericApplicationContext();
		for (int user = 0; user < users; user++) {
			AutowireCandidateQualifier qualifier = new AutowireCandidateQualifier(Qualifier.class, "user-" + user);
			for (int kind = 0; kind < kinds; kind++) {
				GenericBeanDefinition definition = new GenericBeanDefinition();
				definition.setBeanClass(Runnable.class);
				definition.setInstanceSupplier(() -> (Runnable) () -> {
				});
				definition.setLazyInit(true);
				definition.addQualifier(qualifier);
				context.registerBeanDefinition("zitadelServiceUserPart" + kind + ".user-" + user, definition);
			}
		}
		context.refresh();
		// Whoever looks for a bean by its type has each definition merged.
		context.getBeanNamesForType(Object.class, true, false);
		return context;
	}

	private static SpringApplication application(FakeZitadel zitadel, Path key, int named) {
		Map<String, Object> properties = new HashMap<>();
		properties.put("logging.level.root", "warn");
		properties.put("spring.main.banner-mode", "off");
		properties.put("spring.http.clients.imperative.factory", "jdk");
		properties.put("spring.http.clients.reactive.connector", "jdk");
		properties.put("zitadel.service-user.issuer-uri", zitadel.issuer());
		properties.put("zitadel.service-user.key-location", key.toString());
		for (int i = 0; i < named; i++) {
			properties.put("zitadel.service-users.user-" + i + ".key-location", key.toString());
		}
		SpringApplication application = new SpringApplication(StartedApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(properties);
		return application;
	}

	private static double median(List<Double> times) {
		double[] sorted = times.stream().mapToDouble(Double::doubleValue).toArray();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class StartedApplication {

	}

}
