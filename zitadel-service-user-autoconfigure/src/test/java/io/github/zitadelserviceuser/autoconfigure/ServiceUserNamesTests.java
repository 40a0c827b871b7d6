// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Duration;
import java.util.Map;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.IssuedToken;
import io.github.zitadelserviceuser.user.InvalidServiceUserNameException;
import io.github.zitadelserviceuser.user.MissingPropertyException;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How users with a name are described by properties.
 */
class ServiceUserNamesTests extends TwoServiceUsers {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	ServiceUserNamesTests() {
		super(ZITADEL);
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void startWhenNobodyHasAnIssuerThenSaysThatOneDoesForAll() {
		Contexts.unconfigured()
			.withPropertyValues("zitadel.service-users.billing.key-location=" + ZITADEL.serviceUser().keyFile())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'zitadel.service-users.billing.issuer-uri' is not set")
				.hasMessageEndingWith("where all are of one instance, set 'zitadel.service-user.issuer-uri' instead"));
	}

	@Test
	void startWhenAKeyOfOneIsMissingThenNamesItsProperty() {
		this.runner.withPropertyValues("zitadel.service-users.partner.project-ids=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(MissingPropertyException.class)
				.hasMessageContaining("zitadel.service-users.partner.key-location"));
	}

	@Test
	void startWhenANameCannotBeOneThenRefused() {
		this.runner.withPropertyValues("zitadel.service-users[Not_So].key-location=" + this.billing.keyFile())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidServiceUserNameException.class)
				.hasMessageContaining("'Not_So'"));
	}

	@Test
	void startWhenNamedAsTheOneWithoutANameThenRefused() {
		this.runner.withPropertyValues("zitadel.service-users.default.key-location=" + this.billing.keyFile())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidServiceUserNameException.class)
				.hasMessageContainingAll("'default'", "'zitadel.service-user'"));
	}

	@Test
	void startWhenSwitchedOffThenThereIsNoSuchUser() {
		this.runner.withPropertyValues("zitadel.service-users.billing.enabled=false").run((context) -> {
			assertThat(context.getBean(ServiceUsers.class).names()).containsExactly("default");
			assertThat(context).doesNotHaveBean("serviceUserRestClient.billing");
		});
	}

	@Test
	void startWhenDescribedByVariablesOfTheEnvironmentThenThatUser() {
		Contexts.of(ZITADEL)
			.withInitializer((context) -> environment(context,
					Map.of("ZITADEL_SERVICEUSERS_BILLING_KEYLOCATION", this.billing.keyFile().toString(),
							"ZITADEL_SERVICEUSERS_BILLING_ALLOWEDHOSTS_0", this.server.authority())))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				ServiceUsers users = context.getBean(ServiceUsers.class);
				assertThat(users.names()).containsExactly("billing", "default");
				users.get("billing").restClient().get().uri(this.server.url("/")).retrieve().toBodilessEntity();
				assertThat(ZITADEL.issuedTokens()).extracting(IssuedToken::userId).containsExactly(this.billing.id());
			});
	}

	@Test
	void startWhenAVariableOfTheEnvironmentLeavesOutAHyphenThenItMeansTheSameUser() {
		Contexts.of(ZITADEL)
			.withPropertyValues("zitadel.service-users.my-billing.project-ids=4711")
			.withInitializer((context) -> environment(context,
					Map.of("ZITADEL_SERVICEUSERS_MYBILLING_KEYLOCATION", this.billing.keyFile().toString())))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(ServiceUsers.class).names()).containsExactly("default", "my-billing");
			});
	}

	@Test
	void startWhenALocationIsAPlaceholderThenResolved() {
		Contexts.of(ZITADEL)
			.withPropertyValues("secrets=" + this.billing.keyFile().getParent(),
					"zitadel.service-users.billing.key-location=${secrets}/" + this.billing.keyFile().getFileName())
			.run((context) -> {
				context.getBean(ServiceUsers.class).get("billing").tokenSource().await();
				assertThat(ZITADEL.issuedTokens()).extracting(IssuedToken::userId).containsExactly(this.billing.id());
			});
	}

	@Test
	void startWhenTwoNamesDifferByHyphensThenRefused() {
		ApplicationContextRunner one = Contexts.of(ZITADEL)
			.withPropertyValues("zitadel.service-users.my-billing.key-location=" + this.billing.keyFile());
		one.withPropertyValues("zitadel.service-users.mybilling.key-location=" + this.billing.keyFile())
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidServiceUserNameException.class)
				.hasMessageContainingAll("'mybilling'", "'my-billing'"));
		one.run((context) -> assertThat(context.getBean(ServiceUsers.class).names()).containsExactly("default",
				"my-billing"));
	}

	@Test
	void startWhenAUserHasAPropertyThatIsNoneThenItIsSaidWhatItLacks() {
		Contexts.of(ZITADEL)
			.withPropertyValues("zitadel.service-users.billing.key-locaton=" + this.billing.keyFile())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(MissingPropertyException.class)
				.hasMessageContaining("zitadel.service-users.billing.key-location"));
	}

	@Test
	void startWhenAUserIsDescribedInSeveralWaysThenAllOfItIsBound() {
		Contexts.of(ZITADEL)
			.withPropertyValues("zitadel.service-users.my-billing.keyLocation=" + this.billing.keyFile(),
					"zitadel.service-users.my-billing.allowed-hosts[0]=one.example.com",
					"zitadel.service-users.my-billing.project-ids=1,2",
					"zitadel.service-users.my-billing.token-timeout=3s")
			.withInitializer((context) -> environment(context,
					Map.of("ZITADEL_SERVICEUSERS_MYBILLING_READTIMEOUT", "4s",
							"ZITADEL_SERVICE_USERS_MY_BILLING_REFRESH_AT", "0.7")))
			.withInitializer((context) -> context.getEnvironment().getPropertySources().addLast(new Vault()))
			.run((context) -> {
				ZitadelServiceUserProperties user = context.getBean(ServiceUserSettings.class).of("my-billing");
				assertThat(user.keyLocation()).isEqualTo(this.billing.keyFile().toString());
				assertThat(user.allowedHosts()).containsExactly("one.example.com");
				assertThat(user.projectIds()).containsExactly("1", "2");
				assertThat(user.tokenTimeout()).isEqualTo(Duration.ofSeconds(3));
				assertThat(user.readTimeout()).isEqualTo(Duration.ofSeconds(4));
				assertThat(user.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
				assertThat(user.refreshAt()).isEqualTo(0.7);
				assertThat(user.scopes()).isNull();
			});
	}

	/**
	 * Neither says by a name that there is anything of that property.
	 */
	@Test
	void startWhenAListIsSetPieceByPieceInASourceThatDoesNotTellThenIsBound() {
		this.runner
			.withInitializer((context) -> environment(context,
					Map.of("ZITADEL_SERVICE_USERS_BILLING_PROJECT_IDS_0", "1",
							"ZITADEL_SERVICE_USERS_BILLING_PROJECT_IDS_1", "2")))
			.withInitializer((context) -> context.getEnvironment().getPropertySources().addLast(new Vault()))
			.run((context) -> {
				ZitadelServiceUserProperties user = context.getBean(ServiceUserSettings.class).of("billing");
				assertThat(user.projectIds()).containsExactly("1", "2");
				assertThat(user.scopes()).containsExactly("of-vault");
			});
	}

	@Test
	void startWhenAPropertyOfAUserCannotBeBoundThenSaysWhich() {
		this.runner.withPropertyValues("zitadel.service-users.billing.token-timeout=soon")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("zitadel.service-users.billing.token-timeout"));
	}

	private static void environment(ConfigurableApplicationContext context, Map<String, Object> variables) {
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(
					"test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
	}

	/**
	 * Does not tell the names of what it has.
	 */
	private static final class Vault extends PropertySource<Object> {

		private Vault() {
			super("vault");
		}

		@Override
		public Object getProperty(String name) {
			return switch (name) {
				case "zitadel.service-users.my-billing.connect-timeout" -> "5s";
				case "zitadel.service-users.billing.scopes[0]" -> "of-vault";
				default -> null;
			};
		}

	}

}
