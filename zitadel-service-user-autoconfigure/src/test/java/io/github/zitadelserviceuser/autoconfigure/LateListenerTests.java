// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenListener;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A listener that is looked up once, when it is there.
 */
@ExtendWith(OutputCaptureExtension.class)
class LateListenerTests {

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	private final List<String> told = new ArrayList<>();

	private final LateBeans beans = new LateBeans(this.beanFactory,
			this.beanFactory.getBeanProvider(ObservationRegistry.class));

	private int created;

	@AfterEach
	void close() {
		this.beanFactory.destroySingletons();
	}

	@Test
	void tellWhenListenerIsNotThereYetThenToldInOrderWhenAllBeansAre() {
		TokenListener late = late(Recording::new);
		late.onObtained(token("1"));
		late.onRefreshed(token("2"));
		assertThat(this.told).isEmpty();
		assertThat(this.created).isZero();
		this.beans.afterSingletonsInstantiated();
		assertThat(this.told).containsExactly("1", "2");
		late.onRefreshed(token("3"));
		assertThat(this.told).containsExactly("1", "2", "3");
	}

	@Test
	void tellWhenListenerIsMadeAnewForEachLookupThenItIsLookedUpOnce() {
		this.beanFactory.registerBeanDefinition("listener",
				BeanDefinitionBuilder.genericBeanDefinition(TokenListener.class, () -> {
					this.created++;
					return new Recording();
				}).setScope("prototype").getBeanDefinition());
		TokenListener late = this.beans.tokenListeners("default").get(0);
		this.beans.afterSingletonsInstantiated();
		late.onObtained(token("1"));
		late.onRefreshed(token("2"));
		assertThat(this.told).containsExactly("1", "2");
		assertThat(this.created).isOne();
	}

	@Test
	void tellWhenContextHasClosedThenListenerIsToldAndNothingIsLookedUp(CapturedOutput output) {
		TokenListener late = late(Recording::new);
		this.beans.afterSingletonsInstantiated();
		this.beanFactory.destroySingletons();
		late.onObtained(token("1"));
		assertThat(this.told).containsExactly("1");
		assertThat(this.created).isOne();
		assertThat(output.getAll()).isEmpty();
	}

	@Test
	void tellWhenStartFailsThenNothingIsLookedUpOrLogged(CapturedOutput output) {
		TokenListener late = late(Recording::new);
		this.beans.destroy();
		late.onObtained(token("1"));
		this.beans.afterSingletonsInstantiated();
		late.onObtained(token("2"));
		assertThat(this.told).isEmpty();
		assertThat(this.created).isZero();
		assertThat(output.getAll()).isEmpty();
	}

	@Test
	void tellWhenContextIsAboutToCloseThenNothingIsLogged(CapturedOutput output) {
		List<TokenListener> late = new ArrayList<>();
		this.beanFactory.registerSingleton("first", new Object());
		this.beanFactory.registerDisposableBean("first", () -> late.get(0).onObtained(token("1")));
		this.beans.afterSingletonsInstantiated();
		late.add(late(Recording::new));
		this.beanFactory.destroySingletons();
		assertThat(this.created).isZero();
		assertThat(output.getAll()).isEmpty();
	}

	@Test
	void tellWhenListenerThrowsWhenToldLateThenItIsToldOnAndWarnedAbout(CapturedOutput output) {
		TokenListener late = late(Throwing::new);
		late.onObtained(token("1"));
		late.onRefreshed(token("2"));
		this.beans.afterSingletonsInstantiated();
		assertThat(this.told).containsExactly("1", "2");
		assertThat(output).contains("failed: bean 'listener'").contains("sneaky 1");
		assertThatExceptionOfType(IOException.class).as("up to whoever tells")
			.isThrownBy(() -> late.onRefreshed(token("3")));
		assertThat(this.told).containsExactly("1", "2", "3");
	}

	@Test
	void tellWhenListenerCannotBeCreatedThenWarnsOnceAndHarmsNobody(CapturedOutput output) {
		TokenListener late = late(() -> {
			throw new NoClassDefFoundError("broken");
		});
		this.beans.afterSingletonsInstantiated();
		late.onObtained(token("1"));
		late.onRefreshed(token("2"));
		assertThat(this.created).isOne();
		assertThat(output.getAll().split("failed: bean 'listener'")).hasSize(2);
	}

	private TokenListener late(Supplier<TokenListener> listener) {
		this.beanFactory.registerBeanDefinition("listener",
				BeanDefinitionBuilder.genericBeanDefinition(TokenListener.class, () -> {
					this.created++;
					return listener.get();
				}).getBeanDefinition());
		return this.beans.tokenListeners("default").get(0);
	}

	private static AccessToken token(String value) {
		return new AccessToken(value, Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
	}

	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <E extends Throwable> RuntimeException sneaky(Throwable ex) throws E {
		throw (E) ex;
	}

	private class Recording implements TokenListener {

		@Override
		public void onObtained(AccessToken token) {
			LateListenerTests.this.told.add(token.value());
		}

		@Override
		public void onRefreshed(AccessToken token) {
			LateListenerTests.this.told.add(token.value());
		}

	}

	private final class Throwing implements TokenListener {

		@Override
		public void onObtained(AccessToken token) {
			fail(token);
		}

		@Override
		public void onRefreshed(AccessToken token) {
			fail(token);
		}

		private void fail(AccessToken token) {
			LateListenerTests.this.told.add(token.value());
			throw LateListenerTests.<RuntimeException>sneaky(new IOException("sneaky " + token.value()));
		}

	}

}
