// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.security;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Applications;
import io.github.zitadelserviceuser.integration.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.web.FilterChainProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The login of people is the same with the service user and without.
 */
class LoginTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static ConfigurableApplicationContext with;

	private static ConfigurableApplicationContext without;

	@BeforeAll
	static void start() {
		with = Applications.start(SecurityApplication.class, ZITADEL);
		without = Applications.startSwitchedOff(SecurityApplication.class);
	}

	@AfterAll
	static void stop() {
		with.close();
		without.close();
		ZITADEL.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/rest-client", "/unknown", "/oauth2/authorization/company", "/logout",
			"/oauth2/authorization/unknown", "/oauth2/authorization/zitadel" })
	void getWhenNobodyHasLoggedInThenAnswerIsTheSame(String path) {
		assertThat(outcome(with, path)).isEqualTo(outcome(without, path));
	}

	@Test
	void getWhenPathNeedsALoginThenLeadsToTheLoginPage() {
		assertThat(outcome(with, "/rest-client")).isEqualTo("302 http://localhost/login");
	}

	@Test
	void getWhenLoginPageThenListsTheApplicationsRegistrationsOnly() {
		assertThat(loginLinks(with)).isEqualTo(loginLinks(without))
			.containsExactlyInAnyOrder("/oauth2/authorization/company", "/oauth2/authorization/partner");
	}

	@Test
	void startThenFilterChainsAreTheSame() {
		assertThat(filters(with)).isEqualTo(filters(without)).isNotEmpty();
	}

	@Test
	void startThenTheApplicationsRegistrationsAreKept() {
		assertThat(registrations(without)).containsExactlyInAnyOrder("company", "partner");
		assertThat(registrations(with)).containsExactlyInAnyOrder("company", "partner", "zitadel");
		assertThat(repository(with).findByRegistrationId("company").getClientId()).isEqualTo("company-application");
	}

	@Test
	void startThenNothingIsSent() {
		assertThat(ZITADEL.discovery().requestCount()).isZero();
		assertThat(ZITADEL.tokenEndpoint().requestCount()).isZero();
	}

	/**
	 * What can be compared: sessions and what a login begins with are random.
	 */
	private static String outcome(ConfigurableApplicationContext context, String path) {
		Http.Answer answer = Http.get(context, path);
		return answer.status() + " "
				+ answer.location()
					.replaceAll(":\\d+", "")
					.replaceAll("(state|code_challenge)=[^&]*", "")
					.replaceAll(";jsessionid=.*", "");
	}

	private static Set<String> loginLinks(ConfigurableApplicationContext context) {
		Set<String> links = new HashSet<>();
		Pattern.compile("href=\"(/oauth2/[^\"]*)\"")
			.matcher(Http.get(context, "/login").body())
			.results()
			.forEach((link) -> links.add(link.group(1)));
		return links;
	}

	private static List<List<String>> filters(ConfigurableApplicationContext context) {
		return context.getBean(FilterChainProxy.class)
			.getFilterChains()
			.stream()
			.map((chain) -> chain.getFilters().stream().map((filter) -> filter.getClass().getName()).toList())
			.toList();
	}

	private static Set<String> registrations(ConfigurableApplicationContext context) {
		Set<String> ids = new HashSet<>();
		for (ClientRegistration registration : repository(context)) {
			ids.add(registration.getRegistrationId());
		}
		return ids;
	}

	private static InMemoryClientRegistrationRepository repository(ConfigurableApplicationContext context) {
		return context.getBean(InMemoryClientRegistrationRepository.class);
	}

}
