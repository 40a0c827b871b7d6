// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.MissingPropertyException;
import io.github.zitadelserviceuser.user.NoSuchServiceUserException;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUserCustomizer;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The users of an application: those configured, and those made while it runs.
 */
class ApplicationServiceUsersTests extends TwoServiceUsers {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	ApplicationServiceUsersTests() {
		super(ZITADEL);
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void startWhenBeansAreLazyThenAMistakeStopsItAllTheSame() {
		ApplicationContextRunner lazy = this.runner.withInitializer(
				(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()));
		lazy.run((context) -> assertThat(userInfo(context.getBean("serviceUserRestClient.billing", RestClient.class)))
			.contains(this.billing.id()));
		lazy.withPropertyValues("zitadel.service-users.partner.key-location=/no/such/file")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("zitadel.service-users.partner.key-location"));
	}

	@Test
	void startWhenItFailsLaterThenWhatWasBuiltIsClosed() {
		List<ServiceUserClient> built = new ArrayList<>();
		this.runner.withBean(ServiceUserCustomizer.class, () -> (name, user) -> user.onBuild(built::add))
			.withInitializer((context) -> context.addApplicationListener((event) -> {
				throw new IllegalStateException("later");
			}))
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(built).hasSize(2)
					.allSatisfy((user) -> assertThat(user.tokenSource().get()).isCompletedExceptionally());
			});
	}

	@Test
	void createWhenRunningThenThereUntilItIsClosed() {
		this.runner.run((context) -> {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			FakeServiceUser fake = ZITADEL.createServiceUser("tenant");
			for (int round = 0; round < 3; round++) {
				ServiceUserClient tenant = users.create("tenant-4711",
						(user) -> user.keyLocation(fake.keyFile().toString()).allowedHosts(this.server.authority()));
				assertThat(userInfo(tenant.restClient())).contains(fake.id());
				assertThat(users.get("tenant-4711")).isSameAs(tenant);
				assertThat(users).extracting(ServiceUserClient::name)
					.containsExactlyInAnyOrder("default", "billing", "tenant-4711");
				assertThatIllegalStateException().isThrownBy(() -> users.create("tenant-4711", (user) -> {
				}));
				assertThatIllegalStateException().isThrownBy(() -> users.create("billing", (user) -> {
				}));
				tenant.close();
				assertThat(users.names()).containsExactly("billing", "default");
				assertThatExceptionOfType(NoSuchServiceUserException.class).isThrownBy(() -> users.get("tenant-4711"));
			}
		});
	}

	@Test
	void createWhenItIsCalledOtherwiseMeanwhileThenItKeepsItsName() {
		this.runner.run((context) -> {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			ServiceUserClient tenant = users.create("tenant",
					(user) -> user.name("billing").keyLocation(this.billing.keyFile().toString()));
			assertThat(tenant.name()).isEqualTo("tenant");
			assertThat(users.names()).containsExactly("billing", "default", "tenant");
		});
	}

	@Test
	void createWhenItFailsThenTheNameIsFree() {
		this.runner.run((context) -> {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			assertThatExceptionOfType(MissingPropertyException.class)
				.isThrownBy(() -> users.create("tenant", (user) -> {
				}));
			users.create("tenant", (user) -> user.keyLocation(this.billing.keyFile().toString())).close();
		});
	}

	@Test
	void createWhenClosedBeforeItIsWholeThenTheNameIsFree() {
		this.runner.withBean(ServiceUserCustomizer.class, () -> (name, user) -> user.onBuild((client) -> {
			if (name.equals("tenant")) {
				client.close();
			}
		})).run((context) -> {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			for (int round = 0; round < 2; round++) {
				users.create("tenant", (user) -> user.keyLocation(this.billing.keyFile().toString()));
				assertThat(users.names()).containsExactly("billing", "default");
			}
		});
	}

	@Test
	void createWhenSomebodyElseIsAtTheSameNameThenOneIsRefused() throws Exception {
		this.runner.run((context) -> {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			users.create("tenant", (user) -> {
				assertThatIllegalStateException().isThrownBy(
						() -> users.create("tenant", (other) -> other.keyLocation(this.billing.keyFile().toString())));
				assertThatExceptionOfType(NoSuchServiceUserException.class).isThrownBy(() -> users.get("tenant"));
				assertThat(users.names()).containsExactly("billing", "default");
				user.keyLocation(this.billing.keyFile().toString());
			});
			assertThat(users.get("tenant").tokenSource().await()).isNotNull();
		});
	}

	@Test
	void createWhenApplicationIsClosedThenRefused() {
		ServiceUsers[] users = new ServiceUsers[1];
		this.runner.run((context) -> users[0] = context.getBean(ServiceUsers.class));
		assertThatIllegalStateException()
			.isThrownBy(() -> users[0].create("tenant", (user) -> user.keyLocation(this.billing.keyFile().toString())))
			.withMessageContaining("closing");
	}

	@Test
	void createWhenABeanIsInitializedThenThereFromThenOn() {
		this.runner.withBean(AtStart.class)
			.run((context) -> assertThat(context.getBean(ServiceUsers.class).names()).contains("at-start"));
	}

	@Test
	void closeThenEveryUserIsClosed() {
		TokenSource[] sources = new TokenSource[2];
		this.runner.run((context) -> {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			sources[0] = users.get("billing").tokenSource();
			sources[1] = users.create("tenant", (user) -> user.keyLocation(this.billing.keyFile().toString()))
				.tokenSource();
		});
		for (TokenSource source : sources) {
			assertThat(source.get()).isCompletedExceptionally();
		}
		assertThat(ZITADEL.issuedTokens()).isEmpty();
	}

	record AtStart(ServiceUsers users) implements InitializingBean {

		@Override
		public void afterPropertiesSet() {
			this.users.create("at-start", (user) -> user.keyLocation(ZITADEL.serviceUser().keyFile().toString()));
		}

	}

}
