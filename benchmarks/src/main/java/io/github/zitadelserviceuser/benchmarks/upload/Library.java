// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.upload;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * What sends the requests of a client, made as Spring Boot makes it.
 */
enum Library {

	JDK("JDK"), HTTP_COMPONENTS("HttpComponents"), JETTY("Jetty"), REACTOR("Reactor Netty"),
	SIMPLE("`HttpURLConnection`");

	private static final HttpClientSettings SETTINGS = HttpClientSettings.defaults()
		.withRedirects(HttpRedirects.DONT_FOLLOW);

	private final String title;

	Library(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

	ClientHttpRequestFactory requestFactory() {
		return switch (this) {
			case JDK -> ClientHttpRequestFactoryBuilder.jdk().build(SETTINGS);
			case HTTP_COMPONENTS -> ClientHttpRequestFactoryBuilder.httpComponents().build(SETTINGS);
			case JETTY -> ClientHttpRequestFactoryBuilder.jetty().build(SETTINGS);
			case REACTOR -> ClientHttpRequestFactoryBuilder.reactor().build(SETTINGS);
			case SIMPLE -> ClientHttpRequestFactoryBuilder.simple().build(SETTINGS);
		};
	}

	/**
	 * Return whether there is a connector for this library.
	 * @return whether there is one
	 */
	boolean isReactive() {
		return this != SIMPLE;
	}

	ClientHttpConnector connector() {
		return switch (this) {
			case JDK -> ClientHttpConnectorBuilder.jdk().build(SETTINGS);
			case HTTP_COMPONENTS -> ClientHttpConnectorBuilder.httpComponents().build(SETTINGS);
			case JETTY -> ClientHttpConnectorBuilder.jetty().build(SETTINGS);
			case REACTOR -> ClientHttpConnectorBuilder.reactor().build(SETTINGS);
			case SIMPLE -> throw new IllegalStateException("It only blocks");
		};
	}

}
