// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * A client of a {@link FakeZitadel} that does the right thing unless told otherwise.
 */
final class TestClient {

	private final HttpClient http = HttpClient.newHttpClient();

	private final FakeZitadel zitadel;

	TestClient(FakeZitadel zitadel) {
		this.zitadel = zitadel;
	}

	SignedAssertion assertion() {
		return assertion(this.zitadel.serviceUser().key());
	}

	SignedAssertion assertion(FakeServiceUserKey key) {
		Clock clock = this.zitadel.clock();
		return new SignedAssertion(key, this.zitadel.issuer(), clock.instant());
	}

	Map<String, String> form(String assertion) {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("grant_type", TokenHandler.JWT_BEARER);
		form.put("assertion", assertion);
		form.put("scope", "openid profile");
		return form;
	}

	static String encode(Map<String, String> form) {
		return form.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
	}

	HttpResponse<String> requestToken() {
		return requestToken(assertion());
	}

	HttpResponse<String> requestToken(SignedAssertion assertion) {
		return requestToken(form(assertion.compact()));
	}

	HttpResponse<String> requestToken(Map<String, String> form) {
		return send(tokenRequest(encode(form)));
	}

	CompletableFuture<HttpResponse<String>> requestTokenLater() {
		return this.http.sendAsync(tokenRequest(encode(form(assertion().compact()))).build(), BodyHandlers.ofString());
	}

	HttpRequest.Builder tokenRequest(String body) {
		return request("/oauth/v2/token").header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(body));
	}

	String token(String scope) {
		Map<String, String> form = form(assertion().compact());
		form.put("scope", scope);
		return json(requestToken(form)).get("access_token").toString();
	}

	HttpResponse<String> get(String path) {
		return send(request(path));
	}

	HttpResponse<String> get(String path, String token) {
		return send(request(path).header("Authorization", "Bearer " + token));
	}

	HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.http.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.zitadel.url() + path));
	}

	static Map<String, Object> json(HttpResponse<String> response) {
		return Objects.requireNonNull(Json.readObject(response.body().getBytes(StandardCharsets.UTF_8)));
	}

}
