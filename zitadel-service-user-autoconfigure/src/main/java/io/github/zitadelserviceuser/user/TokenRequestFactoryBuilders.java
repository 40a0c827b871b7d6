// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.net.http.HttpClient;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JettyClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ReactorClientHttpRequestFactoryBuilder;

/**
 * What token requests want of each client library, whatever it was told by others: their
 * customizers come first. None follows redirects, by which a credential would leave the
 * issuer. {@code HttpURLConnection} has no customizer that could make it.
 */
final class TokenRequestFactoryBuilders {

	private TokenRequestFactoryBuilders() {
	}

	static ClientHttpRequestFactoryBuilder<?> suited(ClientHttpRequestFactoryBuilder<?> builder) {
		if (builder instanceof JdkClientHttpRequestFactoryBuilder jdk) {
			return jdk.withHttpClientCustomizer(TokenRequestFactoryBuilders::suit);
		}
		if (builder instanceof HttpComponentsClientHttpRequestFactoryBuilder httpComponents) {
			return HttpComponents.suited(httpComponents);
		}
		if (builder instanceof JettyClientHttpRequestFactoryBuilder jetty) {
			return JettyAnswers.handedOut(Jetty.suited(jetty));
		}
		return (builder instanceof ReactorClientHttpRequestFactoryBuilder reactor) ? Reactor.suited(reactor) : builder;
	}

	/**
	 * A connection of HTTP/2 that has died serves each attempt of the JDK's client: a
	 * time-out ends the stream and keeps the connection. Who asks once in hours has no
	 * use for one that is kept.
	 * @param client the client to be built
	 */
	private static void suit(HttpClient.Builder client) {
		client.version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER);
	}

	/**
	 * Apart, since a class path may lack that library.
	 */
	private static final class HttpComponents {

		private static final int MANY = 10_000;

		/**
		 * Of its own accord that library has five connections to a host, and 25 in all: a
		 * few requests that hang would hold up those of all other service users. Each
		 * user has few at a time.
		 * @param builder makes the client
		 * @return the same, with a connection for each request
		 */
		static ClientHttpRequestFactoryBuilder<?> suited(HttpComponentsClientHttpRequestFactoryBuilder builder) {
			return builder
				.withConnectionManagerCustomizer((manager) -> manager.setMaxConnPerRoute(MANY).setMaxConnTotal(MANY))
				.withHttpClientCustomizer((client) -> client.disableRedirectHandling());
		}

	}

	/**
	 * Likewise.
	 */
	private static final class Jetty {

		static ClientHttpRequestFactoryBuilder<?> suited(JettyClientHttpRequestFactoryBuilder builder) {
			return builder.withHttpClientCustomizer((client) -> client.setFollowRedirects(false));
		}

	}

	/**
	 * Likewise.
	 */
	private static final class Reactor {

		static ClientHttpRequestFactoryBuilder<?> suited(ReactorClientHttpRequestFactoryBuilder builder) {
			return builder.withHttpClientCustomizer((client) -> client.followRedirect(false));
		}

	}

}
