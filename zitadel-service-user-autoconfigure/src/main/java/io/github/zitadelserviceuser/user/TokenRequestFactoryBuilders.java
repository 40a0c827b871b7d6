// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JettyClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ReactorClientHttpRequestFactoryBuilder;
import org.springframework.util.ReflectionUtils;

/**
 * What token requests want of each client library, whatever it was told by others: their
 * customizers come first. None follows redirects, by which a credential would leave the
 * issuer. {@code HttpURLConnection} has no customizer that could make it.
 */
final class TokenRequestFactoryBuilders implements RuntimeHintsRegistrar {

	private static final String JETTY = "setFollowRedirects";

	private static final String REACTOR = "followRedirect";

	TokenRequestFactoryBuilders() {
	}

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		register(hints, classLoader, "org.eclipse.jetty.client.HttpClient", JETTY);
		register(hints, classLoader, "reactor.netty.http.client.HttpClient", REACTOR);
	}

	private static void register(RuntimeHints hints, @Nullable ClassLoader classLoader, String type, String method) {
		hints.reflection()
			.registerTypeIfPresent(classLoader, type, (client) -> client.withMethod(method,
					List.of(TypeReference.of(boolean.class)), ExecutableMode.INVOKE));
	}

	static ClientHttpRequestFactoryBuilder<?> suited(ClientHttpRequestFactoryBuilder<?> builder) {
		if (builder instanceof JdkClientHttpRequestFactoryBuilder jdk) {
			return jdk.withHttpClientCustomizer(TokenRequestFactoryBuilders::suit);
		}
		if (builder instanceof HttpComponentsClientHttpRequestFactoryBuilder httpComponents) {
			return HttpComponents.suited(httpComponents);
		}
		if (builder instanceof JettyClientHttpRequestFactoryBuilder jetty) {
			return Jetty.suited(jetty);
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

	private static Object invoke(Object client, String name, boolean argument) {
		Method method = Objects.requireNonNull(ReflectionUtils.findMethod(client.getClass(), name, boolean.class));
		return Objects.requireNonNullElse(ReflectionUtils.invokeMethod(method, client, argument), client);
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
	 * Apart, since a class path may lack that library, and so does that of this module.
	 */
	private static final class Jetty {

		@SuppressWarnings({ "rawtypes", "unchecked" })
		static ClientHttpRequestFactoryBuilder<?> suited(JettyClientHttpRequestFactoryBuilder builder) {
			Consumer suit = (client) -> invoke(client, JETTY, false);
			return builder.withHttpClientCustomizer(suit);
		}

	}

	/**
	 * Likewise.
	 */
	private static final class Reactor {

		@SuppressWarnings({ "rawtypes", "unchecked" })
		static ClientHttpRequestFactoryBuilder<?> suited(ReactorClientHttpRequestFactoryBuilder builder) {
			UnaryOperator suit = (client) -> invoke(client, REACTOR, false);
			return builder.withHttpClientCustomizer(suit);
		}

	}

}
