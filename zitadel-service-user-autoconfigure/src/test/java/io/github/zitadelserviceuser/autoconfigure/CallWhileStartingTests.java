// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.observation.RecordedObservations;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenListener;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beans that call out while they are created, and thereby while the thread that starts
 * the application holds the lock for beans.
 */
@ExtendWith(OutputCaptureExtension.class)
class CallWhileStartingTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2 })
	void startWhenBeanOfOnRefreshCallsOutThenDoesNotWaitForItself(int failures) {
		ZITADEL.tokenEndpoint().answerNext(failures, FakeAnswer.serviceUnavailable());
		try (ConfigurableApplicationContext context = start(Listeners.class)) {
			List<String> told = context.getBean(Recording.class).told;
			Awaitility.await().untilAsserted(() -> assertThat(told).hasSize(failures + 1).last().isEqualTo("obtained"));
			assertThat(context.getBean(TokenSource.class).hasToken()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void startWhenListenerCallsOutWhileItIsCreatedThenItIsToldAfterwards(boolean lazy) {
		ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.serviceUnavailable());
		try (ConfigurableApplicationContext context = start(CallingListener.class,
				"--spring.main.lazy-initialization=" + lazy)) {
			List<String> told = context.getBean(Recording.class).told;
			Awaitility.await().untilAsserted(() -> assertThat(told).containsExactly("failed", "obtained"));
		}
	}

	@Test
	void startWhenRegistryCallsOutWhileItIsCreatedThenLaterRequestsAreObserved() {
		try (ConfigurableApplicationContext context = start(CallingRegistry.class)) {
			RecordedObservations observations = context.getBean(RecordedObservations.class);
			assertThat(ZITADEL.tokenEndpoint().requestCount()).isOne();
			assertThat(observations.tokenRequests()).isEmpty();
			context.getBean(RefreshingTokenSource.class).forget();
			context.getBean(TokenSource.class).await();
			assertThat(observations.tokenRequests()).hasSize(1);
		}
	}

	@Test
	void startWhenListenerFailsThenWarnsWithItsNameAndStarts(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start(FailingListener.class)) {
			Awaitility.await()
				.untilAsserted(() -> assertThat(output).contains("failed: bean 'clumsy'").contains("dropped it"));
			Listener told = context.getBean(Listener.class);
			for (int i = 1; i < 4; i++) {
				int tokens = i;
				Awaitility.await().untilAsserted(() -> assertThat(told.count).hasValue(tokens));
				context.getBean(RefreshingTokenSource.class).forget();
				context.getBean(TokenSource.class).await();
			}
			assertThat(output.getAll().split("WARN .*failed: bean 'clumsy'"))
				.as("once when told late, once from then on")
				.hasSizeBetween(2, 3);
		}
	}

	private static ConfigurableApplicationContext start(Class<?> source, String... arguments) {
		SpringApplication application = new SpringApplication(RealApplication.Sources.class, ShortPauses.class, source);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setApplicationContextFactory((type) -> new EagerContext());
		String[] all = Stream
			.concat(Stream.of(arguments), Stream.of(Contexts.properties(ZITADEL)).map((property) -> "--" + property))
			.toArray(String[]::new);
		// Off the thread of the test, Boot does not see that this is one.
		application.setDefaultProperties(Map.of("spring.docker.compose.enabled", "false"));
		return CompletableFuture.supplyAsync(() -> application.run(all)).orTimeout(30, TimeUnit.SECONDS).join();
	}

	/**
	 * Creates a bean when a web server would create its filters.
	 */
	private static final class EagerContext extends AnnotationConfigApplicationContext {

		@Override
		protected void onRefresh() {
			super.onRefresh();
			getBeanProvider(EarlyCaller.class).ifAvailable((caller) -> assertThat(caller.token()).isNotNull());
		}

	}

	record EarlyCaller(AccessToken token) {

	}

	static final class Recording implements TokenListener {

		private final List<String> told = new CopyOnWriteArrayList<>();

		@Override
		public void onObtained(AccessToken token) {
			this.told.add("obtained");
		}

		@Override
		public void onFailed(TokenRequestException failure) {
			this.told.add("failed");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		@Bean
		EarlyCaller earlyCaller(TokenSource tokenSource) {
			return new EarlyCaller(tokenSource.await());
		}

		@Bean
		Recording recording() {
			return new Recording();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CallingListener {

		@Bean
		Recording recording(TokenSource tokenSource) {
			assertThat(tokenSource.await()).isNotNull();
			return new Recording();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CallingRegistry {

		@Bean
		RecordedObservations observations() {
			return new RecordedObservations();
		}

		@Bean
		ObservationRegistry observationRegistry(TokenSource tokenSource, RecordedObservations observations) {
			assertThat(tokenSource.await()).isNotNull();
			return observations.registry();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingListener {

		@Bean
		EarlyCaller earlyCaller(TokenSource tokenSource) {
			return new EarlyCaller(tokenSource.await());
		}

		@Bean
		Listener clumsy() {
			return new Listener();
		}

	}

	static final class Listener implements TokenListener {

		private final AtomicInteger count = new AtomicInteger();

		@Override
		public void onObtained(AccessToken token) {
			this.count.incrementAndGet();
			throw new IllegalStateException("dropped it");
		}

	}

}
