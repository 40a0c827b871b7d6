// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserAutoConfiguration;
import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUserCustomizer;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the annotation is found, and what it does to a context.
 */
class FakeZitadelContextCustomizerTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZitadelServiceUserAutoConfiguration.class))
		.withInitializer((context) -> new FakeZitadelContextCustomizer(Dialect.INVALID_GRANT).customizeContext(context,
				Mockito.mock(MergedContextConfiguration.class)));

	@Test
	void factoryWhenClassIsNotAnnotatedThenMakesNone() {
		assertThat(customizer(Plain.class)).isNull();
	}

	@Test
	void factoryWhenAnnotationIsInheritedNestedOrComposedThenFindsIt() {
		assertThat(customizer(Annotated.class)).isEqualTo(new FakeZitadelContextCustomizer(Dialect.SERVER_ERROR))
			.isEqualTo(customizer(Inherits.class))
			.isEqualTo(customizer(Annotated.Inner.class))
			.hasSameHashCodeAs(customizer(Inherits.class));
		assertThat(customizer(Composed.class)).isEqualTo(new FakeZitadelContextCustomizer(Dialect.INVALID_GRANT))
			.isNotEqualTo(customizer(Annotated.class));
	}

	@Test
	void contextWhenClosedThenTheFakeIsClosed() {
		AtomicReference<FakeZitadel> fake = new AtomicReference<>();
		this.runner.run((context) -> {
			fake.set(context.getBean(FakeZitadel.class));
			assertThat(fake.get().serviceUser().keyFile()).exists();
			assertThat(isListening(fake.get())).isTrue();
		});
		assertThat(fake.get().serviceUser().keyFile().getParent()).doesNotExist();
		assertThat(isListening(fake.get())).isFalse();
	}

	@Test
	void contextWhenItFailsToStartThenTheFakeIsClosed() {
		AtomicReference<FakeZitadel> fake = new AtomicReference<>();
		this.runner.withBean("broken", Object.class, () -> {
			throw new IllegalStateException("This context does not start");
		})
			.withInitializer((context) -> fake.set(context.getBeanFactory().getBean(FakeZitadel.class)))
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(isListening(fake.get())).isFalse();
			});
	}

	@Test
	void refreshPolicyWhenThereIsAFakeThenReplacesYoungTokens() {
		this.runner.withPropertyValues("zitadel.service-user.refresh-at=0.5")
			.withPropertyValues("zitadel.service-user.keep-warm=true", "zitadel.service-users.billing.project-ids=1")
			.withBean(ServiceUserCustomizer.class,
					() -> (name, user) -> user.refreshPolicy((policy) -> policy.withKeepWarm(true)))
			.run((context) -> {
				RefreshPolicy expected = RefreshPolicy.defaults().withRefreshAt(0.5).withShortestHold(Duration.ZERO);
				assertThat(context.getBean(ServiceUsers.class)).extracting(ServiceUserClient::refreshPolicy)
					.containsExactly(expected, expected);
			});
	}

	@Test
	void contextWhenNamedUsersAloneHaveCredentialsThenThereIsNoOther() {
		this.runner.withPropertyValues("zitadel.service-users.billing.private-key-location=/no/such/file")
			.run((context) -> assertThat(context.getBean(ServiceUsers.class).names()).containsExactly("billing"));
	}

	@Test
	void contextWhenAUserIsNamedLateThenIsOneOfTheFakeToo() {
		this.runner.withInitializer((context) -> context.addBeanFactoryPostProcessor(new LateProperty(context)))
			.run((context) -> {
				ServiceUserClient late = context.getBean(ServiceUsers.class).get("late");
				FakeZitadel zitadel = context.getBean(FakeZitadel.class);
				late.tokenSource().await();
				assertThat(zitadel.tokenRequests().get(0).claims()).containsEntry("iss",
						zitadel.serviceUser("late").id());
			});
	}

	@Test
	void contextWhenTheConfigurationIsImportedTooThenThereIsOneFake() {
		this.runner.withUserConfiguration(FakeZitadelConfiguration.class)
			.run((context) -> assertThat(context).hasSingleBean(FakeZitadel.class));
	}

	private static boolean isListening(FakeZitadel zitadel) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), zitadel.port())) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static @Nullable ContextCustomizer customizer(Class<?> testClass) {
		return new FakeZitadelContextCustomizerFactory().createContextCustomizer(testClass, List.of());
	}

	private record LateProperty(ConfigurableApplicationContext context) implements BeanDefinitionRegistryPostProcessor {

		@Override
		public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
			this.context.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource("late",
						Map.of("zitadel.service-users.late.issuer-uri", "https://late.example.com")));
		}

	}

	static class Plain {

	}

	@EnableFakeZitadel
	static class Annotated {

		class Inner {

		}

	}

	static class Inherits extends Annotated {

	}

	@MyTest
	static class Composed {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@EnableFakeZitadel(dialect = Dialect.INVALID_GRANT)
	@interface MyTest {

	}

}
