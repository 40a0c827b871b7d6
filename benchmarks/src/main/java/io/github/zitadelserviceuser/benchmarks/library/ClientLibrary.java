// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.library;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;

/**
 * The client libraries that Spring Boot knows.
 *
 * @since 0.1.0
 */
public enum ClientLibrary {

	/**
	 * That of the JDK.
	 */
	JDK("JDK"),

	/**
	 * Apache HttpComponents.
	 */
	HTTP_COMPONENTS("HttpComponents"),

	/**
	 * Jetty.
	 */
	JETTY("Jetty"),

	/**
	 * Reactor Netty.
	 */
	REACTOR("Reactor Netty"),

	/**
	 * The old one of the JDK, which only blocks.
	 */
	SIMPLE("`HttpURLConnection`");

	private final String title;

	ClientLibrary(String title) {
		this.title = title;
	}

	/**
	 * Return the name for the documentation.
	 * @return the title
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Return what Spring Boot makes its blocking clients with.
	 * @return the builder
	 */
	public ClientHttpRequestFactoryBuilder<?> requestFactoryBuilder() {
		return switch (this) {
			case JDK -> ClientHttpRequestFactoryBuilder.jdk();
			case HTTP_COMPONENTS -> ClientHttpRequestFactoryBuilder.httpComponents();
			case JETTY -> ClientHttpRequestFactoryBuilder.jetty();
			case REACTOR -> ClientHttpRequestFactoryBuilder.reactor();
			case SIMPLE -> ClientHttpRequestFactoryBuilder.simple();
		};
	}

	/**
	 * Return whether there are clients that do not block.
	 * @return whether there is a {@link #connectorBuilder()}
	 */
	public boolean isReactive() {
		return this != SIMPLE;
	}

	/**
	 * Return what Spring Boot makes its other clients with.
	 * @return the builder
	 */
	public ClientHttpConnectorBuilder<?> connectorBuilder() {
		return switch (this) {
			case JDK -> ClientHttpConnectorBuilder.jdk();
			case HTTP_COMPONENTS -> ClientHttpConnectorBuilder.httpComponents();
			case JETTY -> ClientHttpConnectorBuilder.jetty();
			case REACTOR -> ClientHttpConnectorBuilder.reactor();
			case SIMPLE -> throw new IllegalStateException("It only blocks");
		};
	}

}
