// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Duration;
import java.util.Map;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection that does not come from the properties, and a policy that does not either.
 */
class ConnectionDetailsTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	@AfterEach
	void close() {
		this.zitadel.close();
	}

	@Test
	void connectionDetailsWhenTheyAreABeanThenTakeThePlaceOfTheProperties() {
		Contexts.unconfigured()
			.withPropertyValues("zitadel.service-user.issuer-uri=https://other.example.com",
					"zitadel.service-user.base-url=http://elsewhere.example.com",
					"zitadel.service-user.key-location=/no/such/file",
					"zitadel.service-user.private-key-location=/no/such/file", "zitadel.service-user.project-ids=4711")
			.withBean(ZitadelServiceUserConnectionDetails.class, () -> new Connection(this.zitadel))
			.run((context) -> {
				assertThat(context).hasSingleBean(ZitadelServiceUserConnectionDetails.class);
				assertThat(this.zitadel.isValid(context.getBean(TokenSource.class).await().value())).isTrue();
				assertThat(this.zitadel.tokenRequests().get(0).requestedScopes())
					.contains("urn:zitadel:iam:org:project:id:4711:aud");
			});
	}

	@Test
	void connectionDetailsWhenThereAreNamedUsersThenTellThemHowZitadelIsReached() {
		FakeServiceUser billing = this.zitadel.serviceUser("billing");
		Contexts.unconfigured()
			.withPropertyValues("zitadel.service-user.issuer-uri=https://other.example.com",
					"zitadel.service-user.base-url=http://elsewhere.example.com",
					"zitadel.service-users.billing.key-location=" + billing.keyFile(),
					"zitadel.service-users.shop.project-ids=4711",
					"zitadel.service-users.partner.issuer-uri=https://partner.example.com",
					"zitadel.service-users.partner.key-location=" + billing.keyFile())
			.withBean(ZitadelServiceUserConnectionDetails.class, () -> new Connection(this.zitadel))
			.run((context) -> {
				ServiceUsers users = context.getBean(ServiceUsers.class);
				assertThat(userId(users.get("default"))).isEqualTo(this.zitadel.serviceUser().id());
				assertThat(userId(users.get("billing"))).isEqualTo(billing.id());
				assertThat(userId(users.get("shop"))).isEqualTo(this.zitadel.serviceUser("shop").id());
				assertThat(users.get("partner").authorizationServer().issuer())
					.hasToString("https://partner.example.com");
				try (ServiceUserClient tenant = users.create("tenant",
						(user) -> user.keyLocation(billing.keyFile().toString()))) {
					assertThat(userId(tenant)).isEqualTo(billing.id());
				}
			});
	}

	@Test
	void connectionDetailsWhenTheyAreQualifiedThenAreThoseOfThatUser() {
		try (FakeZitadel other = FakeZitadel.start()) {
			Contexts.of(this.zitadel)
				.withPropertyValues("zitadel.service-users.billing.issuer-uri=https://other.example.com",
						"zitadel.service-users.billing.key-location=/no/such/file")
				.withBean(FakeZitadel.class, () -> other)
				.withUserConfiguration(BillingConnection.class)
				.run((context) -> {
					ServiceUsers users = context.getBean(ServiceUsers.class);
					assertThat(other.isValid(users.get("billing").tokenSource().await().value())).isTrue();
					assertThat(userId(users.get("default"))).isEqualTo(this.zitadel.serviceUser().id());
				});
		}
	}

	@Test
	void connectionDetailsWhenSomeAreAFallbackThenTheOthersAreTaken() {
		Contexts.unconfigured().withBean("fallback", ZitadelServiceUserConnectionDetails.class, () -> {
			throw new IllegalStateException("There is another one");
		}, (definition) -> {
			definition.setFallback(true);
			definition.setLazyInit(true);
		})
			.withBean("other", ZitadelServiceUserConnectionDetails.class, () -> new Connection(this.zitadel))
			.run((context) -> assertThat(userId(context.getBean(ServiceUsers.class).get("default")))
				.isEqualTo(this.zitadel.serviceUser().id()));
	}

	private static String userId(ServiceUserClient user) {
		return user.restClient()
			.get()
			.uri("/oidc/v1/userinfo")
			.retrieve()
			.body(new ParameterizedTypeReference<Map<String, Object>>() {
			})
			.get("sub")
			.toString();
	}

	@Test
	void refreshPolicyWhenItIsABeanThenIsUsed() {
		RefreshPolicy policy = RefreshPolicy.defaults().withShortestHold(Duration.ZERO);
		Contexts.unconfigured()
			.withPropertyValues(Contexts.properties(this.zitadel))
			.withBean(RefreshPolicy.class, () -> policy)
			.run((context) -> {
				assertThat(context.getBean(RefreshPolicy.class)).isSameAs(policy);
				TokenSource source = context.getBean(TokenSource.class);
				assertThat(source.reject(source.await()).get()).isNotNull();
				assertThat(this.zitadel.issuedTokens()).hasSize(2);
			});
	}

	record Connection(FakeZitadel zitadel) implements ZitadelServiceUserConnectionDetails {

		@Override
		public String getIssuerUri() {
			return this.zitadel.issuer();
		}

		@Override
		public String getKeyLocation() {
			return this.zitadel.serviceUser().keyFile().toString();
		}

		@Override
		public @Nullable String getKeyLocation(String name) {
			return name.equals("shop") ? this.zitadel.serviceUser(name).keyFile().toString() : null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BillingConnection {

		@Bean
		@ServiceUser("billing")
		ZitadelServiceUserConnectionDetails billingConnection(FakeZitadel zitadel) {
			return new Connection(zitadel);
		}

	}

}
