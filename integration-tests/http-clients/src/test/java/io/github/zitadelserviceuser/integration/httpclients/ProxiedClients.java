// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;

import org.apache.hc.core5.http.HttpHost;
import org.eclipse.jetty.client.HttpProxy;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JettyClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ReactorClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.SimpleClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.HttpComponentsClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JdkClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JettyClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.context.annotation.Bean;

/**
 * Gives each library a proxy, by its own settings.
 */
class ProxiedClients {

	private final InetSocketAddress proxy;

	ProxiedClients(@Value("${test.proxy-port}") int port) {
		this.proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	@Bean
	ClientHttpRequestFactoryBuilderCustomizer<JdkClientHttpRequestFactoryBuilder> jdk() {
		return (builder) -> builder.withHttpClientCustomizer((client) -> client.proxy(ProxySelector.of(this.proxy)));
	}

	@Bean
	ClientHttpConnectorBuilderCustomizer<JdkClientHttpConnectorBuilder> reactiveJdk() {
		return (builder) -> builder.withHttpClientCustomizer((client) -> client.proxy(ProxySelector.of(this.proxy)));
	}

	@Bean
	ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> httpComponents() {
		return (builder) -> builder
			.withHttpClientCustomizer((client) -> client.setProxy(new HttpHost("localhost", this.proxy.getPort())));
	}

	@Bean
	ClientHttpConnectorBuilderCustomizer<HttpComponentsClientHttpConnectorBuilder> reactiveHttpComponents() {
		return (builder) -> builder
			.withHttpClientCustomizer((client) -> client.setProxy(new HttpHost("localhost", this.proxy.getPort())));
	}

	@Bean
	ClientHttpRequestFactoryBuilderCustomizer<JettyClientHttpRequestFactoryBuilder> jetty() {
		return (builder) -> builder.withHttpClientCustomizer(this::addTo);
	}

	@Bean
	ClientHttpConnectorBuilderCustomizer<JettyClientHttpConnectorBuilder> reactiveJetty() {
		return (builder) -> builder.withHttpClientCustomizer(this::addTo);
	}

	@Bean
	ClientHttpRequestFactoryBuilderCustomizer<ReactorClientHttpRequestFactoryBuilder> reactor() {
		return (builder) -> builder.withHttpClientCustomizer(this::proxied);
	}

	@Bean
	ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> reactiveReactor() {
		return (builder) -> builder.withHttpClientCustomizer(this::proxied);
	}

	@Bean
	ClientHttpRequestFactoryBuilderCustomizer<SimpleClientHttpRequestFactoryBuilder> simple() {
		return (builder) -> builder
			.withCustomizer((factory) -> factory.setProxy(new Proxy(Proxy.Type.HTTP, this.proxy)));
	}

	private void addTo(org.eclipse.jetty.client.HttpClient client) {
		client.getProxyConfiguration().addProxy(new HttpProxy("localhost", this.proxy.getPort()));
	}

	private HttpClient proxied(HttpClient client) {
		return client.proxy((spec) -> spec.type(ProxyProvider.Proxy.HTTP).socketAddress(this.proxy));
	}

}
