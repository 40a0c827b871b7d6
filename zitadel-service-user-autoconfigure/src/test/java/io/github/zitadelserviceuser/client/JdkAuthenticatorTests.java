// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.Authenticator;
import java.net.http.HttpClient;
import java.util.List;

import io.github.zitadelserviceuser.net.AllowedHosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That the header is dropped, and by which JDKs, is tested with the client libraries.
 */
class JdkAuthenticatorTests {

	private static final String TOLD = "The JDK's HTTP client has an Authenticator";

	private final HttpClient authenticated = HttpClient.newBuilder().authenticator(new Authenticator() {
	}).build();

	@Test
	void warningThenNamesWhatToChange() {
		assertThat(JdkAuthenticator.warning("imperative.factory", 23))
			.isEqualTo("The JDK's HTTP client has an Authenticator, and such a client of JDK 23 drops the "
					+ "Authorization header of a request: calls as a service user arrive without a token. Use JDK 24 "
					+ "or later, or another client library: spring.http.clients.imperative.factory selects one where "
					+ "Spring Boot makes the client");
	}

	@Test
	void droppingWhenClientHasAnAuthenticatorThenIsThatClient() {
		JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(this.authenticated);
		assertThat(JdkAuthenticator.dropping(factory, 23)).isSameAs(this.authenticated);
		assertThat(JdkAuthenticator.dropping(new BufferingClientHttpRequestFactory(factory), 17))
			.isSameAs(this.authenticated);
		assertThat(JdkAuthenticator.dropping(new JdkClientHttpConnector(this.authenticated), 17))
			.isSameAs(this.authenticated);
	}

	@Test
	void droppingWhenHeaderIsKeptThenIsNone() {
		assertThat(JdkAuthenticator.dropping(new JdkClientHttpRequestFactory(this.authenticated), 24)).isNull();
		assertThat(JdkAuthenticator.dropping(new JdkClientHttpRequestFactory(), 17)).isNull();
		assertThat(JdkAuthenticator.dropping(new SimpleClientHttpRequestFactory(), 17)).isNull();
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_23)
	@ExtendWith(OutputCaptureExtension.class)
	void withRequestFactoryWhenClientHasAnAuthenticatorThenIsToldOnce(CapturedOutput output) {
		ServiceUserClientHttpRequestFactory ours = new ServiceUserClientHttpRequestFactory(
				new SimpleClientHttpRequestFactory(), new ScriptedTokenSource(),
				new AllowedHosts("test", List.of(), List.of("localhost"), true), null);
		assertThat(output).doesNotContain(TOLD);
		JdkClientHttpRequestFactory other = new JdkClientHttpRequestFactory(this.authenticated);
		ours.withRequestFactory(other).withFollowRedirects(true);
		ours.withRequestFactory(other);
		JdkAuthenticator.warnOf(new JdkClientHttpConnector(this.authenticated));
		assertThat(output).containsOnlyOnce(TOLD);
		JdkAuthenticator.warnOf(new JdkClientHttpConnector(HttpClient.newBuilder().authenticator(new Authenticator() {
		}).build()));
		assertThat(output).contains("spring.http.clients.reactive.connector selects");
	}

}
