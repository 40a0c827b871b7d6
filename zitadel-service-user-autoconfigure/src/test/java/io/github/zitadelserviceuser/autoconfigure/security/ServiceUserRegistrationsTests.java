// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.security;

import io.github.zitadelserviceuser.autoconfigure.Contexts;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.security.ServiceUserGrantType;
import io.github.zitadelserviceuser.user.NoSuchServiceUserException;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientPropertiesMapper;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServiceUserRegistrationsTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final String[] COMPANY = { "spring.security.oauth2.client.registration.company.client-id=company",
			"spring.security.oauth2.client.registration.company.authorization-grant-type=client_credentials",
			"spring.security.oauth2.client.provider.company.token-uri=https://company.example.com/token" };

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void startWhenApplicationHasRegistrationsThenOursIsAdded() {
		runner().withPropertyValues(COMPANY).run((context) -> {
			ClientRegistrationRepository repository = context.getBean(ClientRegistrationRepository.class);
			assertThat(repository.findByRegistrationId("company").getClientId()).isEqualTo("company");
			ClientRegistration ours = repository.findByRegistrationId("zitadel");
			assertThat(ours.getAuthorizationGrantType()).isEqualTo(ServiceUserGrantType.SERVICE_USER);
			assertThat(ours.getProviderDetails().getTokenUri()).endsWith("/oauth/v2/token");
			assertThat(ours.getClientSecret()).isEmpty();
		});
	}

	@Test
	void startWhenThereAreNamedUsersThenEachThatIsSwitchedOnHasARegistration() {
		runner().withPropertyValues(COMPANY)
			.withPropertyValues("zitadel.service-users.billing.key-location=" + ZITADEL.serviceUser().keyFile(),
					"zitadel.service-users.partner.issuer-uri=https://partner.example",
					"zitadel.service-users.partner.key-location=" + ZITADEL.serviceUser().keyFile(),
					"zitadel.service-users.former.key-location=" + ZITADEL.serviceUser().keyFile(),
					"zitadel.service-users.former.enabled=false")
			.run((context) -> {
				ClientRegistrationRepository repository = context.getBean(ClientRegistrationRepository.class);
				assertThat(repository.findByRegistrationId("zitadel-billing").getAuthorizationGrantType())
					.isEqualTo(ServiceUserGrantType.SERVICE_USER);
				assertThat(repository.findByRegistrationId("zitadel-partner").getProviderDetails().getTokenUri())
					.isEqualTo("https://partner.example/oauth/v2/token");
				// Or it would call out as the one without a name.
				assertThat(repository.findByRegistrationId("zitadel-former")).isNull();
			});
	}

	@Test
	void startWhenARegistrationNamesNobodyThenTheNamesThatThereAreAreTold() {
		String billing = "zitadel.service-users.billing.key-location=" + ZITADEL.serviceUser().keyFile();
		runner().withPropertyValues(own("zitadel-biling"))
			.withPropertyValues(billing)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoSuchServiceUserException.class)
				.hasMessageContainingAll("'biling'", "[billing, default]"));
		runner().withPropertyValues(own("zitadel-billing"))
			.withPropertyValues(billing)
			.run((context) -> assertThat(context).hasNotFailed());
		runner().withPropertyValues(own("whatever")).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void applyWhenARegistrationNamesNobodyThenTheNamesThatThereAreAreTold() {
		runner().run((context) -> {
			ServiceUserRegistrations registrations = new ServiceUserRegistrations(
					context.getBeanProvider(ServiceUsers.class));
			assertThat(registrations.apply(registration("anything")))
				.isSameAs(context.getBean(ServiceUsers.class).get("default").tokenSource());
			assertThatExceptionOfType(NoSuchServiceUserException.class)
				.isThrownBy(() -> registrations.apply(registration("zitadel-biling")))
				.withMessageContaining("[default]");
		});
	}

	@Test
	void startWhenApplicationHasNoRegistrationThenNoneIsAdded() {
		runner().run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(ClientRegistrationRepository.class);
			if (context.getBeanProvider(OAuth2ClientProperties.class).getIfAvailable() != null) {
				assertThat(context.getBean(OAuth2ClientProperties.class).getRegistration()).isEmpty();
			}
		});
	}

	@Test
	void startWhenApplicationHasARegistrationOfThatNameThenItIsKept() {
		runner()
			.withPropertyValues("spring.security.oauth2.client.registration.zitadel.client-id=own",
					"spring.security.oauth2.client.registration.zitadel.authorization-grant-type=client_credentials",
					"spring.security.oauth2.client.registration.zitadel.client-secret=own",
					"spring.security.oauth2.client.provider.zitadel.token-uri=https://own.example.com/token")
			.run((context) -> {
				ClientRegistration own = context.getBean(ClientRegistrationRepository.class)
					.findByRegistrationId("zitadel");
				assertThat(own.getClientId()).isEqualTo("own");
				assertThat(own.getAuthorizationGrantType().getValue()).isEqualTo("client_credentials");
				assertThat(own.getProviderDetails().getTokenUri()).isEqualTo("https://own.example.com/token");
			});
	}

	@Test
	void startWhenANamedOneIsSwitchedOffThenOthersHaveTheirs() {
		String key = ZITADEL.serviceUser().keyFile().toString();
		runner().withPropertyValues(COMPANY)
			.withPropertyValues("zitadel.service-users.billing.key-location=" + key,
					"zitadel.service-users.partner.key-location=" + key, "zitadel.service-users.partner.enabled=false")
			.run((context) -> assertThat(new OAuth2ClientPropertiesMapper(context.getBean(OAuth2ClientProperties.class))
				.asClientRegistrations()).containsOnlyKeys("company", "zitadel", "zitadel-billing"));
	}

	@Test
	void startWhenSwitchedOffThenNoneIsAdded() {
		runner().withPropertyValues(COMPANY)
			.withPropertyValues("zitadel.service-user.enabled=false")
			.run((context) -> assertThat(new OAuth2ClientPropertiesMapper(context.getBean(OAuth2ClientProperties.class))
				.asClientRegistrations()).containsOnlyKeys("company"));
	}

	private static String[] own(String id) {
		return new String[] { "spring.security.oauth2.client.registration." + id + ".client-id=x",
				"spring.security.oauth2.client.registration." + id + ".provider=own",
				"spring.security.oauth2.client.registration." + id + ".authorization-grant-type="
						+ ServiceUserGrantType.SERVICE_USER.getValue(),
				"spring.security.oauth2.client.provider.own.token-uri=https://own.example.com/token" };
	}

	private static ClientRegistration registration(String id) {
		return ClientRegistration.withRegistrationId(id)
			.clientId("x")
			.authorizationGrantType(ServiceUserGrantType.SERVICE_USER)
			.tokenUri("https://own.example.com/token")
			.build();
	}

	private static ApplicationContextRunner runner() {
		return Contexts.of(ZITADEL).withConfiguration(AutoConfigurations.of(OAuth2ClientAutoConfiguration.class));
	}

}
