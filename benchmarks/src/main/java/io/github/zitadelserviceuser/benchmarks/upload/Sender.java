// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.upload;

import java.net.URI;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongConsumer;

import io.github.zitadelserviceuser.benchmarks.call.Authorization;
import io.github.zitadelserviceuser.benchmarks.call.Clients;
import io.github.zitadelserviceuser.benchmarks.library.ClientLibrary;
import io.github.zitadelserviceuser.token.TokenSource;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.core.io.Resource;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * By which client, and as what, a body is sent.
 */
enum Sender {

	STREAM("RestClient, read once"), RESOURCE("RestClient, can be read again"), BUFFERS("WebClient");

	private static final HttpClientSettings SETTINGS = HttpClientSettings.defaults()
		.withRedirects(HttpRedirects.DONT_FOLLOW);

	private final String title;

	Sender(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

	boolean supports(ClientLibrary library) {
		return this != BUFFERS || library.isReactive();
	}

	/**
	 * Return what makes clients that differ in their authorization alone: they have the
	 * connections in common.
	 * @param library what sends the requests
	 * @param tokens the tokens of this library
	 * @param server where to
	 * @param body what is sent
	 * @return what makes the uploads of such a client
	 */
	Function<Authorization, Upload> uploads(ClientLibrary library, TokenSource tokens, URI server, GeneratedBody body) {
		return switch (this) {
			case STREAM -> blocking(library, tokens, server, body, GeneratedBody::readOnce);
			case RESOURCE -> blocking(library, tokens, server, body, GeneratedBody::readAgain);
			case BUFFERS -> reactive(library, tokens, server, body);
		};
	}

	private static Function<Authorization, Upload> blocking(ClientLibrary library, TokenSource tokens, URI server,
			GeneratedBody body, BiFunction<GeneratedBody, LongConsumer, Resource> resource) {
		ClientHttpRequestFactory wire = library.requestFactoryBuilder().build(SETTINGS);
		return (authorization) -> {
			RestClient client = Clients.restClient(authorization, tokens, server, wire);
			return (watch) -> client.post().uri(server).body(resource.apply(body, watch)).retrieve().toBodilessEntity();
		};
	}

	private static Function<Authorization, Upload> reactive(ClientLibrary library, TokenSource tokens, URI server,
			GeneratedBody body) {
		ClientHttpConnector wire = library.connectorBuilder().build(SETTINGS);
		return (authorization) -> {
			WebClient client = Clients.webClient(authorization, tokens, server, wire);
			return (watch) -> client.post()
				.uri(server)
				.contentLength(body.size())
				.body(BodyInserters.fromDataBuffers(body.buffers(watch)))
				.retrieve()
				.toBodilessEntity()
				.block();
		};
	}

	/**
	 * Sends the body and returns when the server has taken it.
	 */
	@FunctionalInterface
	interface Upload {

		void send(LongConsumer watch);

	}

}
