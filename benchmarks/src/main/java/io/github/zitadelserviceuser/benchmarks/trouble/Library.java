// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.trouble;

import java.util.function.Supplier;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;

/**
 * The client libraries that Spring Boot knows for token requests.
 */
enum Library {

	JDK("JDK", ClientHttpRequestFactoryBuilder::jdk),

	HTTP_COMPONENTS("HttpComponents", ClientHttpRequestFactoryBuilder::httpComponents),

	JETTY("Jetty", ClientHttpRequestFactoryBuilder::jetty),

	REACTOR_NETTY("Reactor Netty", ClientHttpRequestFactoryBuilder::reactor),

	SIMPLE("simple (`HttpURLConnection`)", ClientHttpRequestFactoryBuilder::simple);

	private final String title;

	@SuppressWarnings("ImmutableEnumChecker") // a factory method has no state
	private final Supplier<ClientHttpRequestFactoryBuilder<?>> builder;

	Library(String title, Supplier<ClientHttpRequestFactoryBuilder<?>> builder) {
		this.title = title;
		this.builder = builder;
	}

	String title() {
		return this.title;
	}

	ClientHttpRequestFactoryBuilder<?> builder() {
		return this.builder.get();
	}

}
