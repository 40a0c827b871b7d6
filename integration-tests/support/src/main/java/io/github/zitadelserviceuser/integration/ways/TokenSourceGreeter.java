// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

import io.github.zitadelserviceuser.token.TokenSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

@Component
final class TokenSourceGreeter implements Greeter {

	private final HttpClient client = HttpClient.newHttpClient();

	private final TokenSource tokens;

	private final URI url;

	TokenSourceGreeter(TokenSource tokens, @Value("${greeting.url}") URI url) {
		this.tokens = tokens;
		this.url = url;
	}

	@Override
	public String greet() {
		HttpRequest request = HttpRequest.newBuilder(this.url)
			.header("Authorization", "Bearer " + this.tokens.await().value())
			.build();
		try {
			return this.client.send(request, BodyHandlers.ofString()).body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
