// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.RecordedCall;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.test.util.TestPropertyValues.Type;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers for what stands before ZITADEL: who sends them, and where to.
 */
class ServiceUserHeadersTests {

	private static final String PATH = "/oidc/v1/userinfo";

	private static final String KEY = "X-Gateway-Key";

	/** As the server spells it. */
	private static final String RECEIVED = "X-gateway-key";

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final OpenServer server = new OpenServer();

	@AfterEach
	void close() {
		this.server.close();
		this.zitadel.close();
	}

	@Test
	void callWhenToTheIssuerThenHasThemAndToAnAllowedHostNot() {
		runner().run((context) -> {
			call(context, this.zitadel.issuer() + PATH, HttpHeaders.EMPTY);
			call(context, this.server.url("/things"), HttpHeaders.EMPTY);
			assertThat(this.zitadel.discovery().calls()).extracting(RecordedCall::headers).allMatch(hasKey("s3cret"));
			assertThat(this.zitadel.tokenRequests().get(0).headers()).matches(hasKey("s3cret"));
			assertThat(this.zitadel.userInfo().calls()).hasSize(2)
				.extracting(RecordedCall::headers)
				.allMatch(hasKey("s3cret"));
			assertThat(this.server.authorizations()).hasSize(2).allMatch((values) -> values.size() == 1);
			assertThat(this.server.received()).noneMatch((headers) -> headers.containsKey(RECEIVED));
		});
	}

	@Test
	void callWhenRedirectedToAnotherHostThenTheyDoNotGoAlong() {
		OpenServer gateway = this.server;
		try (OpenServer elsewhere = new OpenServer()) {
			gateway.redirectTo(elsewhere.url("/"));
			runner()
				.withPropertyValues("zitadel.service-user.follow-redirects=true",
						"zitadel.service-user.allowed-hosts=" + elsewhere.authority(),
						"zitadel.service-user.base-url=" + gateway.url(""))
				.withBean(TokenGrant.class, () -> () -> new TokenResponse("abc", Duration.ofHours(1)))
				.run((context) -> {
					call(context, gateway.url("/redirect"), HttpHeaders.EMPTY);
					assertThat(gateway.received()).hasSize(2)
						.allMatch((headers) -> List.of("s3cret").equals(headers.get(RECEIVED)))
						.allMatch((headers) -> headers.containsKey("X-zitadel-instance-host"));
					assertThat(elsewhere.authorizations()).hasSize(2).allMatch((values) -> values.size() == 1);
					assertThat(elsewhere.received()).noneMatch((headers) -> headers.containsKey(RECEIVED)
							|| headers.containsKey("X-zitadel-instance-host"));
				});
		}
	}

	@Test
	void callWhenThereIsAnInternalAddressThenBothHaveThem() {
		String internal = this.zitadel.url().replace("localhost", "127.0.0.1");
		runner().withPropertyValues("zitadel.service-user.base-url=" + internal).run((context) -> {
			call(context, PATH, HttpHeaders.EMPTY);
			call(context, this.zitadel.issuer() + PATH, HttpHeaders.EMPTY);
			assertThat(this.zitadel.tokenRequests().get(0).headers()).matches(hasKey("s3cret"));
			List<RecordedCall> calls = this.zitadel.userInfo().calls();
			assertThat(calls).hasSize(4).extracting(RecordedCall::headers).allMatch(hasKey("s3cret"));
			assertThat(calls).extracting((call) -> call.headers().containsKey("x-zitadel-instance-host"))
				.containsExactly(true, true, false, false);
		});
	}

	@Test
	void callWhenRequestHasAHeaderOfThatNameThenItWins() {
		HttpHeaders own = new HttpHeaders();
		own.set("x-GATEWAY-key", "own");
		runner().run((context) -> {
			call(context, this.zitadel.issuer() + PATH, own);
			assertThat(this.zitadel.userInfo().calls()).hasSize(2)
				.extracting(RecordedCall::headers)
				.allMatch(hasKey("own"));
		});
	}

	@Test
	void headersWhenUserHasANameThenSharesThemWithTheAddress() {
		runner().withPropertyValues(named("plain", ""))
			.withPropertyValues(named("more", "headers.X-Tenant=more"))
			.withPropertyValues(named("other", "headers.x-gateway-KEY=other"))
			.withPropertyValues(named("none", "headers." + KEY + "="))
			.withPropertyValues(named("issuer", "issuer-uri=" + this.zitadel.issuer()))
			.withPropertyValues(named("base", "base-url=http://zitadel:8080"))
			.withPropertyValues(named("nobase", "base-url="))
			.withPropertyValues(named("partner", "issuer-uri=https://partner.example.com"))
			.withPropertyValues("zitadel.service-users.partner.headers.X-Partner=p")
			.run((context) -> {
				ServiceUsers users = context.getBean(ServiceUsers.class);
				assertThat(headers(users, "default")).isEqualTo(Map.of(KEY, "s3cret"));
				assertThat(headers(users, "plain")).isEqualTo(Map.of(KEY, "s3cret"));
				assertThat(headers(users, "more")).isEqualTo(Map.of(KEY, "s3cret", "X-Tenant", "more"));
				assertThat(headers(users, "other")).hasSize(1).containsEntry(KEY, "other");
				assertThat(headers(users, "none")).isEmpty();
				for (String elsewhere : new String[] { "issuer", "base", "nobase" }) {
					assertThat(headers(users, elsewhere)).as(elsewhere).isEmpty();
				}
				assertThat(headers(users, "partner")).isEqualTo(Map.of("X-Partner", "p"));
			});
	}

	@Test
	void headersWhenUserIsMadeAtRunTimeThenGoWithTheAddress() {
		String key = this.zitadel.serviceUser().keyFile().toString();
		runner().run((context) -> {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			try (ServiceUserClient here = users.create("here", (user) -> user.keyLocation(key));
					ServiceUserClient there = users.create("there",
							(user) -> user.issuerUri("https://tenant.example.com").keyLocation(key));
					ServiceUserClient inside = users.create("inside",
							(user) -> user.baseUrl("http://zitadel:8080").keyLocation(key))) {
				assertThat(here.authorizationServer().headers()).containsKey(KEY);
				assertThat(there.authorizationServer().headers()).isEmpty();
				assertThat(there.issuerHeaders()).isNull();
				assertThat(inside.authorizationServer().headers()).isEmpty();
			}
		});
	}

	@Test
	void headersWhenConnectionDetailsSayWhereZitadelIsThenTheirsAreSent() {
		runner().withPropertyValues(named("billing", ""))
			.withBean(ZitadelServiceUserConnectionDetails.class,
					() -> new Connection(this.zitadel.url().replace("localhost", "127.0.0.1"),
							this.zitadel.serviceUser().keyFile().toString()))
			.run((context) -> {
				ServiceUsers users = context.getBean(ServiceUsers.class);
				assertThat(headers(users, "default")).isEqualTo(Map.of("X-Container", "c"));
				assertThat(headers(users, "billing")).isEqualTo(Map.of("X-Container", "c"));
			});
	}

	/**
	 * A variable of the environment has no hyphens.
	 */
	@Test
	void headersWhenAVariableHasTheValueThenThePropertyHasTheName() {
		runner()
			.withInitializer((context) -> TestPropertyValues
				.of("ZITADEL_SERVICEUSER_HEADERS_XGATEWAYKEY=from-a-variable", "ZITADEL_SERVICEUSER_HEADERS_XPLAIN=p")
				.applyTo(context.getEnvironment(), Type.SYSTEM_ENVIRONMENT, "variables-systemEnvironment"))
			.run((context) -> assertThat(headers(context.getBean(ServiceUsers.class), "default"))
				.isEqualTo(Map.of(KEY, "from-a-variable", "xplain", "p")));
	}

	@Test
	void headersWhenUserHasAVariableAndTheAddressTheNameThenItIsTheSameHeader() {
		runner().withPropertyValues(named("billing", ""))
			.withPropertyValues(named("partner", "headers.X-Plain=of-partner"))
			.withInitializer((context) -> TestPropertyValues
				.of("ZITADEL_SERVICEUSERS_BILLING_HEADERS_XGATEWAYKEY=of-billing",
						"ZITADEL_SERVICEUSER_HEADERS_XPLAIN=p")
				.applyTo(context.getEnvironment(), Type.SYSTEM_ENVIRONMENT, "variables-systemEnvironment"))
			.run((context) -> {
				ServiceUsers users = context.getBean(ServiceUsers.class);
				assertThat(headers(users, "default")).isEqualTo(Map.of(KEY, "s3cret", "xplain", "p"));
				assertThat(headers(users, "billing")).isEqualTo(Map.of(KEY, "of-billing", "xplain", "p"));
				assertThat(headers(users, "partner")).isEqualTo(Map.of(KEY, "s3cret", "X-Plain", "of-partner"));
			});
	}

	@Test
	void headersThenNothingShowsTheirValues() {
		runner().run((context) -> {
			ServiceUserClient user = context.getBean(ServiceUsers.class).get("default");
			assertThat(List
				.of(user, user.authorizationServer(), String.valueOf(user.issuerHeaders()), user.interceptor(),
						user.filter(), context.getBean(ZitadelServiceUserProperties.class),
						context.getBean(ZitadelServiceUsersProperties.class))
				.toString()).doesNotContain("s3cret");
		});
	}

	private ApplicationContextRunner runner() {
		return Contexts.of(this.zitadel)
			.withPropertyValues("zitadel.service-user.allowed-hosts=" + this.server.authority(),
					"zitadel.service-user.headers." + KEY + "=s3cret");
	}

	private String[] named(String name, String property) {
		String prefix = "zitadel.service-users." + name + ".";
		return new String[] { prefix + "key-location=" + this.zitadel.serviceUser().keyFile(),
				prefix + (property.isEmpty() ? "project-roles=false" : property) };
	}

	private static Map<String, String> headers(ServiceUsers users, String name) {
		return users.get(name).authorizationServer().headers();
	}

	private static Predicate<Map<String, List<String>>> hasKey(String value) {
		return (headers) -> List.of(value).equals(headers.get("x-gateway-key"));
	}

	private static void call(ApplicationContext context, String uri, HttpHeaders own) {
		context.getBean("serviceUserRestClient", RestClient.class)
			.get()
			.uri(uri)
			.headers((headers) -> headers.addAll(own))
			.retrieve()
			.toBodilessEntity();
		context.getBean("serviceUserWebClient", WebClient.class)
			.get()
			.uri(uri)
			.headers((headers) -> headers.addAll(own))
			.retrieve()
			.toBodilessEntity()
			.block();
	}

	private record Connection(String url, String key) implements ZitadelServiceUserConnectionDetails {

		@Override
		public String getIssuerUri() {
			return "http://localhost";
		}

		@Override
		public @Nullable String getBaseUrl() {
			return this.url;
		}

		@Override
		public String getKeyLocation() {
			return this.key;
		}

		@Override
		public Map<String, String> getHeaders() {
			return Map.of("X-Container", "c");
		}

	}

}
