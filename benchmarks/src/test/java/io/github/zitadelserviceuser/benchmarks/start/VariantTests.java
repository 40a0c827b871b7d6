// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.start;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is on the class path of which application.
 */
class VariantTests {

	@ParameterizedTest
	@EnumSource
	void classPathWhenAnyVariantThenHasApplicationAndNoToolsOfTheBenchmarks(Variant variant) {
		assertThat(entries(variant)).contains("benchmarks", "spring-boot-restclient", "tomcat-embed-core")
			.doesNotContain("jmh", "google", "awssdk", "junit", "service-user-test", "httpclient5", "jetty", "netty");
	}

	@Test
	void classPathWhenPlainThenHasNoSecurity() {
		assertThat(entries(Variant.PLAIN)).doesNotContain("security", "nimbus", "webflux", "autoconfigure/target");
	}

	@Test
	void classPathWhenServiceUserThenHasWhatTheStarterBrings() {
		assertThat(entries(Variant.SERVICE_USER)).contains("nimbus-jose-jwt", "spring-boot-webclient", "reactor-core")
			.containsPattern("zitadel-service-user-autoconfigure")
			.doesNotContain("spring-security", "spring-boot-security");
	}

	@Test
	void classPathWhenOAuth2ClientThenHasWhatTheOtherStarterBrings() {
		assertThat(entries(Variant.OAUTH2_CLIENT))
			.contains("spring-boot-security-oauth2-client", "spring-security-config", "spring-security-oauth2-jose")
			.doesNotContain("webflux", "zitadel-service-user-autoconfigure");
	}

	/**
	 * The ends of the paths only: nobody knows where the build is.
	 */
	private static String entries(Variant variant) {
		return Arrays.stream(variant.classPath().split(File.pathSeparator))
			.map(Path::of)
			.map((path) -> path.subpath(Math.max(0, path.getNameCount() - 3), path.getNameCount()).toString())
			.collect(Collectors.joining("\n"));
	}

}
