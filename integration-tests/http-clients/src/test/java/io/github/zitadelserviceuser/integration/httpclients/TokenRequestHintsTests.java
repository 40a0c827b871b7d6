// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.lang.reflect.Method;

import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What keeps a token request from following redirects is there in a native image too.
 */
class TokenRequestHintsTests {

	@Test
	void registerHintsThenTheSwitchOfEachLibraryCanBeFound() throws Exception {
		RuntimeHints hints = new RuntimeHints();
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.forEach((registrar) -> registrar.registerHints(hints, getClass().getClassLoader()));
		for (Method method : new Method[] {
				org.eclipse.jetty.client.HttpClient.class.getMethod("setFollowRedirects", boolean.class),
				HttpClient.class.getMethod("followRedirect", boolean.class) }) {
			assertThat(hints).matches(RuntimeHintsPredicates.reflection().onMethodInvocation(method));
		}
	}

}
