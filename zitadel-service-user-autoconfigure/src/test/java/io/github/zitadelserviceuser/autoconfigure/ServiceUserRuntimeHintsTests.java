/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
