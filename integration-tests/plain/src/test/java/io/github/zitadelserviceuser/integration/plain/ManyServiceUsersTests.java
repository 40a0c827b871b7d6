// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.plain;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.IssuedToken;
import io.github.zitadelserviceuser.integration.Applications;
import io.github.zitadelserviceuser.integration.RecordingServer;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many service users in one application, some in its properties and some that come and
 * go.
 */
class ManyServiceUsersTests {

	private static final int USERS = 50;

	private static final int CALLERS_OF_EACH_KIND = 10;

	private static final int TENANTS = 1000;

	// Of some 14 KiB that one has while it is there.
	private static final long HEAP_OF_ONE = 512;

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void callWhenAThousandComeAtOnceThenOneTokenForEachUserAndOnlyAtItsHost() throws Exception {
		List<RecordingServer> apis = IntStream.range(0, USERS).mapToObj((i) -> RecordingServer.start()).toList();
		try (ConfigurableApplicationContext context = Applications.start(PlainApplication.class, ZITADEL,
				properties(apis))) {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			ZITADEL.tokenEndpoint().hold();
			List<CompletableFuture<String>> reactive = new ArrayList<>();
			Map<Thread, CompletableFuture<String>> blocking = new ConcurrentHashMap<>();
			for (int caller = 0; caller < CALLERS_OF_EACH_KIND; caller++) {
				for (int i = 0; i < USERS; i++) {
					ServiceUserClient user = users.get("user-" + i);
					String url = apis.get(i).url("/");
					callBlocking(() -> user.restClient().get().uri(url).retrieve().body(String.class), blocking);
					reactive.add(user.webClient().get().uri(url).retrieve().bodyToMono(String.class).toFuture());
				}
			}
			ZITADEL.tokenEndpoint().awaitWaiting(USERS);
			assertThat(reactive).noneMatch(CompletableFuture::isDone);
			assertThat(blocking.values()).noneMatch(CompletableFuture::isDone);
			ZITADEL.tokenEndpoint().release();
			for (CompletableFuture<String> answer : Stream.concat(reactive.stream(), blocking.values().stream())
				.toList()) {
				assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo("answered");
			}
			assertThat(ZITADEL.tokenEndpoint().requestCount()).isEqualTo(USERS);
			assertThat(ZITADEL.discovery().requestCount()).isBetween(1, USERS);
			assertThat(ZITADEL.issuedTokens()).extracting(IssuedToken::value).doesNotHaveDuplicates().hasSize(USERS);
			for (int i = 0; i < USERS; i++) {
				assertThat(apis.get(i).calls()).hasSize(2 * CALLERS_OF_EACH_KIND)
					.extracting(RecordingServer.Call::authorization)
					.containsOnly(List.of("Bearer " + users.get("user-" + i).tokenSource().await().value()));
			}
			assertNoThreadIsLeft();
		}
		finally {
			ZITADEL.tokenEndpoint().release();
			apis.forEach(RecordingServer::close);
		}
	}

	@Test
	void createWhenAThousandComeAndGoThenNothingIsLeftOfThem() {
		try (RecordingServer api = RecordingServer.start();
				ConfigurableApplicationContext context = Applications.start(PlainApplication.class, ZITADEL)) {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			// What is made once is there afterwards.
			comeAndGo(users, TENANTS / 10, api);
			long before = heap();
			List<WeakReference<?>> gone = comeAndGo(users, TENANTS, api);
			assertNoThreadIsLeft();
			// The last ones may still be in a local variable of a frame, or of a thread.
			List<WeakReference<?>> allButTheLast = gone.subList(0, gone.size() - 10);
			Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				assertThat(heap() - before).as("heap").isLessThan(TENANTS * HEAP_OF_ONE);
				assertThat(allButTheLast).filteredOn((reference) -> !reference.refersTo(null)).isEmpty();
			});
			assertThat(users.get("default").tokenSource().await()).isNotNull();
		}
	}

	private static List<WeakReference<?>> comeAndGo(ServiceUsers users, int count, RecordingServer api) {
		List<WeakReference<?>> gone = new ArrayList<>();
		Set<String> names = new TreeSet<>();
		for (int i = 0; i < count; i++) {
			comeAndGo(users, "tenant-" + i, api, gone);
			names.addAll(users.names());
		}
		assertThat(names).containsExactly("default");
		assertThat(api.calls()).hasSize(count).extracting(RecordingServer.Call::authorization).doesNotHaveDuplicates();
		assertThat(ZITADEL.tokenEndpoint().requestCount()).isEqualTo(count);
		// The other ends are in this process too.
		api.reset();
		ZITADEL.reset();
		ZITADEL.revokeAllTokens();
		return gone;
	}

	private static long heap() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private static void comeAndGo(ServiceUsers users, String name, RecordingServer api, List<WeakReference<?>> gone) {
		try (ServiceUserClient tenant = users.create(name,
				(user) -> user.keyLocation(ZITADEL.serviceUser().keyFile().toString()).allowedHosts(api.authority()))) {
			tenant.restClient().get().uri(api.url("/")).retrieve().toBodilessEntity();
			gone.add(new WeakReference<>(tenant));
			gone.add(new WeakReference<>(tenant.tokenSource()));
			gone.add(new WeakReference<>(tenant.restClient()));
		}
	}

	private static void assertNoThreadIsLeft() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("service-user-token")));
	}

	private static String[] properties(List<RecordingServer> apis) {
		List<String> properties = new ArrayList<>();
		properties.add("zitadel.service-user.token-timeout=60s");
		properties.add("zitadel.service-user.read-timeout=60s");
		for (int i = 0; i < apis.size(); i++) {
			String prefix = "zitadel.service-users.user-" + i;
			properties.add(prefix + ".key-location=" + ZITADEL.serviceUser().keyFile());
			properties.add(prefix + ".allowed-hosts=" + apis.get(i).authority());
		}
		return properties.toArray(String[]::new);
	}

	private static void callBlocking(Supplier<String> call, Map<Thread, CompletableFuture<String>> callers) {
		CompletableFuture<String> answer = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				answer.complete(call.get());
			}
			catch (RuntimeException ex) {
				answer.completeExceptionally(ex);
			}
		});
		thread.setDaemon(true);
		callers.put(thread, answer);
		thread.start();
	}

}
