// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What several service users of one issuer share of discovery, and what they do not.
 */
class DiscoveryCacheTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final URI ISSUER = URI.create("https://zitadel.example");

	private final DiscoveryCache cache = new DiscoveryCache();

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void close() {
		ZITADEL.close();
	}

	@Test
	void requestWhenAnotherHasDiscoveredThenDiscoversNoMore() {
		JwtBearerGrant one = grant("zitadel.service-users.one");
		JwtBearerGrant two = grant("zitadel.service-users.two");
		Grants.assertToken(ZITADEL, one);
		Grants.assertToken(ZITADEL, two);
		assertThat(ZITADEL.discovery().requestCount()).isOne();
	}

	@Test
	void requestWhenDiscoveryFailsThenEachIsToldOfItsOwnProperties() {
		JwtBearerGrant one = grant("zitadel.service-users.one");
		JwtBearerGrant two = grant("zitadel.service-users.two");
		ZITADEL.discovery().answerAlways(FakeAnswer.text(404, "nothing here"));
		assertThat(Grants.failureOf(one)).hasMessageContaining("zitadel.service-users.one.issuer-uri");
		assertThat(Grants.failureOf(two)).hasMessageContaining("zitadel.service-users.two.issuer-uri");
		ZITADEL.discovery().answerNormally();
		Grants.assertToken(ZITADEL, two);
		Grants.assertToken(ZITADEL, one);
		assertThat(ZITADEL.discovery().requestCount()).isEqualTo(3);
	}

	@Test
	void requestWhenOneFindsThatItIsOutdatedThenItIsRefreshedForAll() {
		JwtBearerGrant one = grant("zitadel.service-users.one");
		JwtBearerGrant two = grant("zitadel.service-users.two");
		Grants.assertToken(ZITADEL, one);
		ZITADEL.customizeDiscovery((document) -> document.put("token_endpoint", ZITADEL.issuer() + "/moved"));
		ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.text(500, "no"));
		assertThat(Grants.failureOf(one)).hasMessageContaining("/moved");
		assertThat(ZITADEL.discovery().requestCount()).isEqualTo(2);
		assertThat(Grants.failureOf(two).getReason()).isEqualTo(Reason.WRONG_SERVER);
		ZITADEL.customizeDiscovery((document) -> assertThat(document).isNotEmpty());
		Grants.assertToken(ZITADEL, one);
		Grants.assertToken(ZITADEL, two);
	}

	@Test
	void getWhenSeveralAskAtOnceThenOneDiscovers() throws Exception {
		SharedMetadata shared = this.cache.of(server("zitadel.service-user"));
		CountDownLatch asked = new CountDownLatch(1);
		AtomicInteger discoveries = new AtomicInteger();
		ServerMetadata found = metadata("/token");
		List<CompletableFuture<ServerMetadata>> answers = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			answers.add(elsewhere(() -> shared.get(() -> {
				discoveries.incrementAndGet();
				asked.countDown();
				return found;
			})));
		}
		assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
		for (CompletableFuture<ServerMetadata> answer : answers) {
			assertThat(answer.get(30, TimeUnit.SECONDS)).isSameAs(found);
		}
		assertThat(discoveries).hasValue(1);
	}

	@Test
	void getWhenTheFirstHangsThenOthersAskForThemselvesAndItOverwritesNothing() throws Exception {
		SharedMetadata shared = this.cache.of(server("zitadel.service-user"));
		CountDownLatch hanging = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		ServerMetadata old = metadata("/old");
		ServerMetadata found = metadata("/new");
		CompletableFuture<ServerMetadata> first = elsewhere(() -> shared.get(() -> {
			hanging.countDown();
			await(goOn);
			return old;
		}));
		assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(elsewhere(() -> shared.get(() -> found)).get(30, TimeUnit.SECONDS)).isSameAs(found);
		goOn.countDown();
		assertThat(first.get(30, TimeUnit.SECONDS)).isSameAs(found);
		assertThat(shared.get(() -> old)).isSameAs(found);
	}

	@Test
	void getWhenTheFirstFailsThenTheOthersDoNot() throws Exception {
		SharedMetadata shared = this.cache.of(server("zitadel.service-user"));
		CountDownLatch failing = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		CompletableFuture<Void> first = CompletableFuture
			.runAsync(() -> assertThatIllegalStateException().isThrownBy(() -> shared.get(() -> {
				failing.countDown();
				await(goOn);
				throw new IllegalStateException("its own");
			})), (task) -> new Thread(task).start());
		assertThat(failing.await(30, TimeUnit.SECONDS)).isTrue();
		ServerMetadata found = metadata("/token");
		CompletableFuture<ServerMetadata> second = elsewhere(() -> shared.get(() -> found));
		goOn.countDown();
		first.get(30, TimeUnit.SECONDS);
		assertThat(second.get(30, TimeUnit.SECONDS)).isSameAs(found);
	}

	@Test
	void forgetWhenSomebodyHasDiscoveredSinceThenThatStays() {
		SharedMetadata shared = this.cache.of(server("zitadel.service-user"));
		ServerMetadata old = shared.get(() -> metadata("/old"));
		shared.forget(old);
		ServerMetadata found = shared.get(() -> metadata("/new"));
		shared.forget(old);
		assertThat(shared.get(() -> old)).isSameAs(found);
	}

	@Test
	void ofWhenAddressIsAnotherThenNothingIsShared() {
		SharedMetadata own = this.cache.of(server("zitadel.service-user"));
		assertThat(this.cache.of(server("zitadel.service-users.billing"))).isSameAs(own);
		assertThat(this.cache
			.of(new AuthorizationServer("zitadel.service-user", ISSUER, URI.create("http://zitadel.internal"))))
			.isNotSameAs(own);
		own.get(() -> metadata("/token"));
	}

	@Test
	void ofWhenNobodyUsesAnIssuerThenNothingIsKeptOfIt() {
		WeakReference<SharedMetadata> unused = new WeakReference<>(this.cache.of(server("zitadel.service-user")));
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			System.gc();
			assertThat(unused.refersTo(null)).isTrue();
		});
		SharedMetadata used = this.cache.of(server("zitadel.service-user"));
		System.gc();
		assertThat(this.cache.of(server("zitadel.service-user"))).isSameAs(used);
	}

	private JwtBearerGrant grant(String prefix) {
		return new JwtBearerGrant(AuthorizationServer.of(prefix, ZITADEL.issuer(), null, true),
				Grants.lastGood(Grants.keyOf(ZITADEL)), Grants.SCOPES, HttpClientKind.JDK.restClient(),
				Clock.systemUTC(), this.cache);
	}

	private static AuthorizationServer server(String prefix) {
		return new AuthorizationServer(prefix, ISSUER, ISSUER);
	}

	private static ServerMetadata metadata(String path) {
		return new ServerMetadata(ISSUER.toString(), ISSUER.resolve(path), null);
	}

	private static CompletableFuture<ServerMetadata> elsewhere(Supplier<ServerMetadata> get) {
		return CompletableFuture.supplyAsync(get, (task) -> new Thread(task).start());
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
