// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.DaemonBackgroundTasks;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * How the client of the token requests comes into being.
 */
class TokenRequestClientTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final AtomicInteger made = new AtomicInteger();

	private final DaemonBackgroundTasks tasks = new DaemonBackgroundTasks("token-request-client-test");

	@AfterEach
	void stop() {
		this.tasks.close();
		this.zitadel.close();
	}

	/**
	 * As the first start of Jetty's client may.
	 */
	@Test
	void requestWhenMakingTheClientTakesLongerThanTheCallerWaitsThenTheNextOneHasIt() throws Exception {
		CountDownLatch making = new CountDownLatch(1);
		CountDownLatch slow = new CountDownLatch(1);
		TokenRequestClient client = new TokenRequestClient(() -> {
			making.countDown();
			awaitUninterrupted(slow);
			return factory();
		}, LIMIT, this.tasks);
		FutureTask<Throwable> first = new FutureTask<>(() -> catchThrowable(() -> discover(client)));
		Thread thread = new Thread(first);
		thread.start();
		making.await();
		thread.interrupt();
		assertThat(first.get(20, TimeUnit.SECONDS)).isInstanceOf(ResourceAccessException.class)
			.hasCauseInstanceOf(InterruptedIOException.class);
		slow.countDown();
		assertThat(discover(client)).contains(this.zitadel.issuer());
		assertThat(this.made).hasValue(1);
		client.destroy();
	}

	@Test
	void requestWhenTheClientCannotBeMadeThenIsTriedAgain() throws Exception {
		AtomicInteger tries = new AtomicInteger();
		TokenRequestClient client = new TokenRequestClient(() -> {
			if (tries.getAndIncrement() == 0) {
				throw new IllegalArgumentException("SSL bundle name 'missing' cannot be found");
			}
			return factory();
		}, LIMIT, this.tasks);
		assertThatIllegalArgumentException().isThrownBy(() -> discover(client)).withMessageContaining("'missing'");
		assertThat(discover(client)).contains(this.zitadel.issuer());
		assertThat(discover(client)).contains(this.zitadel.issuer());
		assertThat(this.made).hasValue(1);
		client.destroy();
	}

	/**
	 * As that of a user which is closed soon after it was made.
	 */
	@Test
	void destroyWhenTheClientIsBeingMadeThenIsDestroyedOnceItIsMade() throws Exception {
		CountDownLatch making = new CountDownLatch(1);
		CountDownLatch slow = new CountDownLatch(1);
		CountDownLatch destroyed = new CountDownLatch(1);
		TokenRequestClient client = new TokenRequestClient(() -> {
			making.countDown();
			awaitUninterrupted(slow);
			return new Disposable(factory(), destroyed);
		}, LIMIT, this.tasks);
		FutureTask<Throwable> request = new FutureTask<>(() -> catchThrowable(() -> discover(client)));
		new Thread(request).start();
		making.await();
		client.destroy();
		slow.countDown();
		assertThat(destroyed.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(request.get(20, TimeUnit.SECONDS)).hasMessageContaining("is closed");
		assertThat(this.zitadel.discovery().calls()).isEmpty();
	}

	@Test
	void destroyThenTheClientIsDestroyedOnce() throws Exception {
		CountDownLatch destroyed = new CountDownLatch(2);
		TokenRequestClient client = new TokenRequestClient(() -> new Disposable(factory(), destroyed), LIMIT,
				this.tasks);
		assertThat(discover(client)).contains(this.zitadel.issuer());
		client.destroy();
		client.destroy();
		assertThat(destroyed.getCount()).isEqualTo(1);
	}

	private ClientHttpRequestFactory factory() {
		this.made.incrementAndGet();
		return ClientHttpRequestFactoryBuilder.jdk().build();
	}

	private String discover(TokenRequestClient client) {
		return client.restClient("default", ObservationRegistry.NOOP, List.of())
			.get()
			.uri(this.zitadel.url() + "/.well-known/openid-configuration")
			.exchangeForRequiredValue(
					(request, response) -> new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8));
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("The making was interrupted", ex);
		}
	}

	private record Disposable(ClientHttpRequestFactory factory,
			CountDownLatch destroyed) implements ClientHttpRequestFactory, DisposableBean {

		@Override
		public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
			return this.factory.createRequest(uri, method);
		}

		@Override
		public void destroy() {
			this.destroyed.countDown();
		}

	}

}
