// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Calls a running application from outside, like a browser that follows no redirects and
 * keeps no cookies.
 */
public final class Http {

	private Http() {
	}

	/**
	 * Get a page as nobody in particular.
	 * @param context the application
	 * @param path the path of the page
	 * @return the answer
	 */
	public static Answer get(ConfigurableApplicationContext context, String path) {
		return get(context, path, null);
	}

	/**
	 * Get a page as a person whose password is {@code password}.
	 * @param context the application
	 * @param path the path of the page
	 * @param user the name of the person
	 * @return the answer
	 */
	public static Answer getAs(String user, ConfigurableApplicationContext context, String path) {
		byte[] credentials = (user + ":password").getBytes(StandardCharsets.UTF_8);
		return get(context, path, "Basic " + Base64.getEncoder().encodeToString(credentials));
	}

	/**
	 * Get a page with an access token.
	 * @param token the token
	 * @param context the application
	 * @param path the path of the page
	 * @return the answer
	 */
	public static Answer getWith(String token, ConfigurableApplicationContext context, String path) {
		return get(context, path, "Bearer " + token);
	}

	static Answer get(ConfigurableApplicationContext context, String path, @Nullable String authorization) {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		try {
			HttpURLConnection connection = (HttpURLConnection) URI.create("http://localhost:" + port + path)
				.toURL()
				.openConnection();
			connection.setInstanceFollowRedirects(false);
			connection.setRequestProperty("Accept", "text/html");
			if (authorization != null) {
				connection.setRequestProperty("Authorization", authorization);
			}
			int status = connection.getResponseCode();
			try (var body = (status < 400) ? connection.getInputStream() : connection.getErrorStream()) {
				return new Answer(status, Objects.requireNonNullElse(connection.getHeaderField("Location"), ""),
						Objects.requireNonNullElse(connection.getHeaderField("WWW-Authenticate"), ""),
						Objects.requireNonNullElse(connection.getHeaderField("Set-Cookie"), ""),
						(body != null) ? new String(body.readAllBytes(), StandardCharsets.UTF_8) : "");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What the application answered.
	 *
	 * @param status the status code
	 * @param location where it leads to, or an empty string
	 * @param challenge how it wants to be authenticated, or an empty string
	 * @param cookie the cookie it set, or nothing
	 * @param body the page
	 */
	public record Answer(int status, String location, String challenge, String cookie, String body) {

	}

}
