// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * What is found by its name at run time. The properties are seen to by Spring Boot.
 */
final class ServiceUserRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		// An atomic updater looks its field up.
		hints.reflection()
			.registerType(TypeReference.of(RefreshingTokenSource.class), (type) -> type.withField("state"));
	}

}
