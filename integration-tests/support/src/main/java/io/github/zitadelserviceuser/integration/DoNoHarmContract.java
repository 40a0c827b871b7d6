// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import java.io.Closeable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;

import io.github.zitadelserviceuser.client.ServiceUserClientHttpRequestFactory;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.ClassUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application of every kind does not get from the starter: anything else.
 */
public abstract class DoNoHarmContract {

	/**
	 * Of each of these a bean more changes what an application or another library does.
	 */
	private static final List<Class<?>> KINDS_THAT_DO_HARM = List.of(RestClientCustomizer.class,
			WebClientCustomizer.class, WebClient.Builder.class, RestClient.Builder.class,
			ClientHttpRequestFactoryBuilder.class, ClientHttpConnectorBuilder.class, ClientHttpConnector.class,
			Clock.class, Executor.class);

	/**
	 * The same, where the application has Spring Security's OAuth2 client.
	 */
	private static final List<String> KINDS_OF_SPRING_SECURITY = List.of("registration.ClientRegistrationRepository",
			"OAuth2AuthorizedClientManager", "OAuth2AuthorizedClientService");

	/**
	 * With the actuator: a key that is configured is hidden all the same.
	 */
	private static final Set<String> THERE_WHEN_SWITCHED_OFF = Set.of(
			"io.github.zitadelserviceuser.autoconfigure.observability.ZitadelServiceUserActuatorAutoConfiguration",
			"zitadelServiceUserSecretSanitizingFunction");

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final RecordingServer elsewhere = RecordingServer.start();

	private final Class<?> application;

	private final WebApplicationType webApplicationType;

	/**
	 * Create the tests of an application.
	 * @param application its main class
	 * @param webApplicationType what kind it is without the starter
	 */
	protected DoNoHarmContract(Class<?> application, WebApplicationType webApplicationType) {
		this.application = application;
		this.webApplicationType = webApplicationType;
	}

	@AfterEach
	void stop() {
		this.zitadel.close();
		this.elsewhere.close();
	}

	@Test
	void startThenKindOfApplicationIsTheSame() {
		assertThat(WebApplicationType.deduce()).isEqualTo(this.webApplicationType);
	}

	@Test
	void startWhenClientsAreInjectedThenNothingIsSent() {
		try (ConfigurableApplicationContext context = Applications.startWithClients(this.application, this.zitadel)) {
			assertThat(context.isRunning()).isTrue();
			assertThat(this.zitadel.discovery().requestCount()).isZero();
			assertThat(this.zitadel.tokenEndpoint().requestCount()).isZero();
			assertThat(this.zitadel.userInfo().requestCount()).isZero();
			assertThat(this.zitadel.api().requestCount()).isZero();
		}
	}

	@Test
	void startThenOnlyBeansOfThisLibraryAreAdded() {
		try (ConfigurableApplicationContext without = Applications.startSwitchedOff(this.application);
				ConfigurableApplicationContext with = Applications.start(this.application, this.zitadel)) {
			Map<String, String> expected = new TreeMap<>(Beans.of(without));
			expected.putAll(Beans.ofThisLibrary(with));
			expected.put("serviceUserWebClient", WebClient.class.getName() + " fallback lazy");
			expected.put("serviceUserRestClient", RestClient.class.getName() + " fallback lazy");
			assertThat(Beans.of(with)).isEqualTo(expected);
			assertThat(Beans.ofThisLibrary(without).keySet()).isSubsetOf(THERE_WHEN_SWITCHED_OFF);
		}
	}

	@Test
	void startThenNoBeanIsAddedOfAKindThatDoesHarm() {
		try (ConfigurableApplicationContext without = Applications.startSwitchedOff(this.application);
				ConfigurableApplicationContext with = Applications.start(this.application, this.zitadel)) {
			for (Class<?> kind : kindsThatDoHarm()) {
				assertThat(with.getBeanNamesForType(kind)).as(kind.getName())
					.isEqualTo(without.getBeanNamesForType(kind));
			}
			// Ours are there to be asked for, and are no candidates for anyone who does
			// not.
			Collector collector = with.getAutowireCapableBeanFactory().createBean(Collector.class);
			assertThat(collector.filters().stream()).isEmpty();
			assertThat(collector.interceptors().stream()).isEmpty();
			// Spring Boot has one.
			assertThat(collector.requestFactories().stream())
				.noneMatch(ServiceUserClientHttpRequestFactory.class::isInstance);
		}
	}

	@Test
	void callWhenClientIsTheApplicationsOwnThenItIsNotAuthorized() {
		try (ConfigurableApplicationContext context = Applications.startWithClients(this.application, this.zitadel,
				"zitadel.service-user.allowed-hosts=" + this.elsewhere.authority())) {
			Clients clients = context.getBean(Clients.class);
			clients.webClient().get().uri(this.elsewhere.url("/ours")).retrieve().toBodilessEntity().block();
			clients.restClient().get().uri(this.elsewhere.url("/ours")).retrieve().toBodilessEntity();
			assertThat(this.elsewhere.calls()).hasSize(2).allMatch((call) -> call.authorization().size() == 1);
			this.elsewhere.reset();

			WebClient webClient = context.getBean(WebClient.Builder.class).build();
			RestClient restClient = context.getBeanProvider(RestClient.Builder.class)
				.getIfAvailable(RestClient::builder)
				.build();
			webClient.get().uri(this.elsewhere.url("/own")).retrieve().toBodilessEntity().block();
			restClient.get().uri(this.elsewhere.url("/own")).retrieve().toBodilessEntity();
			assertThat(this.elsewhere.calls()).hasSize(2).allMatch((call) -> call.authorization().isEmpty());
		}
	}

	@Test
	void callWhenAnsweredWithARedirectThenTheTokenDoesNotFollowIt() {
		try (RecordingServer third = RecordingServer.start();
				ConfigurableApplicationContext context = Applications.startWithClients(this.application, this.zitadel,
						"zitadel.service-user.allowed-hosts=" + this.elsewhere.authority())) {
			this.elsewhere.redirectTo(third.url("/stolen"));
			Clients clients = context.getBean(Clients.class);
			clients.webClient().get().uri(this.elsewhere.url("/redirect")).retrieve().toBodilessEntity().block();
			clients.restClient().get().uri(this.elsewhere.url("/redirect")).retrieve().toBodilessEntity();
			assertThat(this.elsewhere.calls()).hasSize(2).allMatch((call) -> call.authorization().size() == 1);
			assertThat(third.calls()).isEmpty();
		}
	}

	@Test
	void closeThenNoThreadIsLeftBehind() throws Exception {
		try (Closeable context = Applications.startWithClients(this.application, this.zitadel)) {
			assertThat(context).isNotNull();
		}
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("service-user"));
	}

	private static List<Class<?>> kindsThatDoHarm() {
		List<Class<?>> kinds = new ArrayList<>(KINDS_THAT_DO_HARM);
		KINDS_OF_SPRING_SECURITY.stream()
			.map((name) -> "org.springframework.security.oauth2.client." + name)
			.filter((name) -> ClassUtils.isPresent(name, null))
			.forEach((name) -> kinds.add(ClassUtils.resolveClassName(name, null)));
		return kinds;
	}

	/**
	 * Somebody who wants all of some kinds that the application has.
	 *
	 * @param filters the filters
	 * @param interceptors the interceptors
	 * @param requestFactories the request factories
	 */
	record Collector(ObjectProvider<ExchangeFilterFunction> filters,
			ObjectProvider<ClientHttpRequestInterceptor> interceptors,
			ObjectProvider<ClientHttpRequestFactory> requestFactories) {

	}

}
