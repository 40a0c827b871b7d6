// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.jspecify.annotations.Nullable;

/**
 * The token request, whatever the grant (RFC 6749, section 4.5), and its successful
 * answer (section 5.1).
 */
final class TokenEndpoint {

	private static final double LONGEST_LIFETIME = Integer.MAX_VALUE;

	private final ServerConnection connection;

	private final AnswerFailures failures;

	TokenEndpoint(ServerConnection connection, AnswerFailures failures) {
		this.connection = connection;
		this.failures = failures;
	}

	/**
	 * Request a token.
	 * @param endpoint where
	 * @param form what to send
	 * @return the answer, whatever it is
	 */
	ServerAnswer request(URI endpoint, TokenForm form) {
		return this.connection.post(endpoint,
				form.parameters()
					.entrySet()
					.stream()
					.map((parameter) -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
					.collect(Collectors.joining("&")),
				form.authorization());
	}

	/**
	 * Take the token out of an answer.
	 * @param answer the answer
	 * @param diagnosis tells what a refusal of what had been sent most likely means
	 * @return the token
	 * @throws TokenRequestException if the answer holds none
	 */
	TokenResponse read(ServerAnswer answer, Diagnosis diagnosis) {
		Map<String, Object> json = answer.json();
		if (!answer.isOk() || (json != null && json.get("error") != null && json.get("access_token") == null)) {
			throw this.failures.of(answer, diagnosis);
		}
		if (json == null) {
			throw this.failures.noJson(answer);
		}
		if (!(json.get("access_token") instanceof String token) || token.isEmpty()) {
			throw this.failures.invalid(answer, "it has no 'access_token'");
		}
		TokenResponse response = new TokenResponse(token, lifetime(json.get("expires_in")));
		if (!response.isSendable()) {
			throw this.failures.invalid(answer,
					"its 'access_token' has characters that cannot be sent in an Authorization header");
		}
		if (!(json.get("token_type") instanceof String type) || !type.equalsIgnoreCase("Bearer")) {
			throw this.failures.invalid(answer, "its 'token_type' is not 'Bearer'");
		}
		return response;
	}

	/**
	 * Return the lifetime that the server gave, which may come as a number, a fraction or
	 * a string, however large. What is no number at all says nothing.
	 * @param expiresIn the value of {@code expires_in}
	 * @return the lifetime, or {@code null} if the server does not say
	 */
	private static @Nullable Duration lifetime(@Nullable Object expiresIn) {
		if (!(expiresIn instanceof Number) && !(expiresIn instanceof String)) {
			return null;
		}
		try {
			// Any decimal number, but as a double: the digits of 1e-999999999 fill the
			// memory.
			double seconds = new BigDecimal(expiresIn.toString().strip()).doubleValue();
			return Duration.ofMillis((long) (Math.max(-LONGEST_LIFETIME, Math.min(LONGEST_LIFETIME, seconds)) * 1000));
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static String encode(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

}
