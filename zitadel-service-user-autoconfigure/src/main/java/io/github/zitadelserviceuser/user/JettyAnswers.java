// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.util.component.LifeCycle;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JettyClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JettyClientHttpConnectorBuilder;

/**
 * Has Jetty's client hand an answer of 401 to whoever made the request. By itself it
 * wants to answer the challenge: it makes an exception of one that has no
 * {@code WWW-Authenticate}, as ZITADEL's have none, and aborts a request of which it has
 * not noticed yet that all of the body is sent. A service user has nothing but its token
 * to answer with. What a proxy asks for (407) is answered as before.
 */
final class JettyAnswers {

	private JettyAnswers() {
	}

	/**
	 * Return a builder whose clients do so, if they are Jetty's.
	 * @param builder makes request factories
	 * @return the same, or another builder
	 */
	static ClientHttpRequestFactoryBuilder<?> handedOut(ClientHttpRequestFactoryBuilder<?> builder) {
		return (builder instanceof JettyClientHttpRequestFactoryBuilder jetty) ? Jetty.blocking(jetty) : builder;
	}

	/**
	 * Return a builder whose clients do so, if they are Jetty's.
	 * @param builder makes connectors
	 * @return the same, or another builder
	 */
	static ClientHttpConnectorBuilder<?> handedOutReactively(ClientHttpConnectorBuilder<?> builder) {
		return (builder instanceof JettyClientHttpConnectorBuilder jetty) ? Jetty.reactive(jetty) : builder;
	}

	/**
	 * Apart, since a class path may lack that library.
	 */
	private static final class Jetty {

		static ClientHttpRequestFactoryBuilder<?> blocking(JettyClientHttpRequestFactoryBuilder builder) {
			return builder.withHttpClientCustomizer(Jetty::handOut);
		}

		static ClientHttpConnectorBuilder<?> reactive(JettyClientHttpConnectorBuilder builder) {
			return builder.withHttpClientCustomizer(Jetty::handOut);
		}

		/**
		 * When it starts, the client has all of its handlers.
		 * @param client the client to be started
		 */
		private static void handOut(HttpClient client) {
			client.addEventListener(new LifeCycle.Listener() {

				@Override
				public void lifeCycleStarted(LifeCycle started) {
					client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
				}

			});
			// A customizer of the application's may have started it.
			client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
		}

	}

}
