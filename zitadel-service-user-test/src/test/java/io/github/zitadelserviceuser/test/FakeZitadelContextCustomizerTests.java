// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserAutoConfiguration;
import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
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
			.run((context) -> assertThat(context.getBean(RefreshPolicy.class))
				.isEqualTo(RefreshPolicy.defaults().withRefreshAt(0.5).withShortestHold(Duration.ZERO)));
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
