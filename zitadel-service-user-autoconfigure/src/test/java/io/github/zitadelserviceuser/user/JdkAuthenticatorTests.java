// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.net.Authenticator;
import java.net.http.HttpClient;

import org.junit.jupiter.api.Test;

import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That the header is dropped, and by which JDKs, is tested with the client libraries.
 */
class JdkAuthenticatorTests {

	private final HttpClient authenticated = HttpClient.newBuilder().authenticator(new Authenticator() {
	}).build();

	@Test
	void warningWhenClientHasAnAuthenticatorThenNamesWhatToChange() {
		assertThat(
				JdkAuthenticator.warning(new JdkClientHttpRequestFactory(this.authenticated), "imperative.factory", 23))
			.isEqualTo("The JDK's HTTP client has an Authenticator, and such a client of JDK 23 drops the "
					+ "Authorization header of a request: calls as a service user arrive without a token. Use JDK 24 "
					+ "or later, or another client library by spring.http.clients.imperative.factory");
		assertThat(JdkAuthenticator.warning(new JdkClientHttpConnector(this.authenticated), "reactive.connector", 17))
			.contains("JDK 17")
			.endsWith("spring.http.clients.reactive.connector");
	}

	@Test
	void warningWhenHeaderIsKeptThenIsNone() {
		JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(this.authenticated);
		assertThat(JdkAuthenticator.warning(factory, "imperative.factory", 24)).isNull();
		assertThat(JdkAuthenticator.warning(new JdkClientHttpRequestFactory(), "imperative.factory", 17)).isNull();
		assertThat(JdkAuthenticator.warning(new SimpleClientHttpRequestFactory(), "imperative.factory", 17)).isNull();
	}

}
