// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ServiceUserRuntimeHints}.
 */
class ServiceUserRuntimeHintsTests {

	@Test
	void registerHintsThenFieldOfEachAtomicUpdaterCanBeFound() throws NoSuchFieldException {
		assertThat(Arrays.stream(RefreshingTokenSource.class.getDeclaredFields()).map(Field::getType))
			.containsOnlyOnce(AtomicReferenceFieldUpdater.class);
		Field field = RefreshingTokenSource.class.getDeclaredField("state");
		RuntimeHints hints = new RuntimeHints();
		assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(field)).rejects(hints);
		registrars().forEach((registrar) -> registrar.registerHints(hints, getClass().getClassLoader()));
		assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(field)).accepts(hints);
	}

	private List<RuntimeHintsRegistrar> registrars() {
		return SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class);
	}

}
