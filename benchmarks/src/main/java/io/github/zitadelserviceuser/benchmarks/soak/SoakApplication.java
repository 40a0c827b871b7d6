// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.soak;

import java.net.URI;
import java.util.concurrent.locks.Lock;

import io.github.zitadelserviceuser.benchmarks.call.StubConnector;
import io.github.zitadelserviceuser.benchmarks.call.StubRequestFactory;
import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;
import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.ServiceUserCustomizer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * An application with the starter and the four ways in which it uses its token. What it
 * calls is in the same process and looks at each token by the clock of the server, so
 * that there can be thousands of calls a second.
 */
final class SoakApplication implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final FakeZitadel zitadel;

	private final URI resource;

	private final Ledger ledger;

	private final TokenSource tokenSource;

	private final WatchedRequests requests;

	private final RestClient restClient;

	private final WebClient webClient;

	SoakApplication(FakeZitadel zitadel, Ledger ledger, Lock gate) {
		this.zitadel = zitadel;
		this.resource = URI.create(zitadel.issuer() + "/resource");
		this.ledger = ledger;
		this.requests = new WatchedRequests(gate);
		this.context = start(zitadel, this.requests);
		this.tokenSource = this.context.getBean(TokenSource.class);
		this.restClient = RestClient.builder()
			.requestFactory(new StubRequestFactory(this::check))
			.requestInterceptor(this.context.getBean(ServiceUserHttpRequestInterceptor.class))
			.build();
		this.webClient = WebClient.builder()
			.clientConnector(new StubConnector(this::check))
			.filter(this.context.getBean(ServiceUserExchangeFilterFunction.class))
			.build();
	}

	private static ConfigurableApplicationContext start(FakeZitadel zitadel, WatchedRequests requests) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		ServiceUserCustomizer watch = (name, user) -> user.tokenListener(requests)
			.tokenRequestClient((client) -> client.requestInterceptor(requests));
		application.addInitializers((context) -> context.getBeanFactory().registerSingleton("watchedRequests", watch));
		return application.run("--zitadel.service-user.issuer-uri=" + zitadel.issuer(),
				"--zitadel.service-user.key-location=" + zitadel.serviceUser().key().keyFile(),
				"--zitadel.service-user.refresh-at=" + SoakSettings.REFRESH_AT,
				"--zitadel.service-user.read-timeout=" + SoakSettings.READ_TIMEOUT,
				"--zitadel.service-user.token-timeout=" + SoakSettings.TOKEN_TIMEOUT, "--logging.level.root=error",
				"--spring.http.clients.imperative.factory=jdk", "--spring.http.clients.reactive.connector=jdk",
				"--spring.main.banner-mode=off");
	}

	/**
	 * Call as blocking code does: with a client, and with the raw token.
	 */
	void callBlocking() {
		call(() -> this.restClient.get().uri(this.resource).retrieve().toBodilessEntity());
		call(() -> check(this.tokenSource.await().value()));
	}

	private void call(Runnable call) {
		boolean hasToken = begin();
		try {
			call.run();
			this.ledger.end(null, false);
		}
		catch (RuntimeException ex) {
			this.ledger.end(ex, hasToken);
		}
	}

	/**
	 * Call as reactive code does: with a client, and with the raw token.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the ledger is told
	void callReactive() {
		boolean firstHasToken = begin();
		this.webClient.get()
			.uri(this.resource)
			.retrieve()
			.toBodilessEntity()
			.subscribe((response) -> this.ledger.end(null, false),
					(failure) -> this.ledger.end(failure, firstHasToken));
		boolean secondHasToken = begin();
		this.tokenSource.get()
			.thenAccept((token) -> check(token.value()))
			.whenComplete((nothing, failure) -> this.ledger.end(failure, secondHasToken));
	}

	private boolean begin() {
		this.ledger.begin();
		return hasToken();
	}

	boolean hasToken() {
		return this.requests.hasToken();
	}

	private boolean check(HttpHeaders headers) {
		String authorization = String.valueOf(headers.getFirst(HttpHeaders.AUTHORIZATION));
		return check(authorization.substring("Bearer ".length()));
	}

	private boolean check(String token) {
		if (!this.zitadel.isValid(token)) {
			this.ledger.expiredToken();
		}
		// Whatever the token, so that no second call hides a bad first one.
		return true;
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
