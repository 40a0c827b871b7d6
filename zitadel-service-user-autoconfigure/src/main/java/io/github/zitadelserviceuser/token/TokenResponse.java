// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What is needed of a successful answer to a token request (RFC 6749, section 5.1).
 *
 * @param accessToken the value of {@code access_token}, a secret
 * @param expiresIn the value of {@code expires_in}, or {@code null} if there was none in
 * the answer
 * @since 0.1.0
 */
public record TokenResponse(String accessToken, @Nullable Duration expiresIn) {

	private static final Pattern SENDABLE = Pattern.compile("[A-Za-z0-9._~+/-]++=*+");

	public TokenResponse {
		Objects.requireNonNull(accessToken, "accessToken must not be null");
	}

	/**
	 * Return whether the token can be sent in an {@code Authorization} header: whether it
	 * has the syntax {@code b64token} (RFC 6750, section 2.1).
	 * @return whether it can be sent
	 */
	public boolean isSendable() {
		return SENDABLE.matcher(this.accessToken).matches();
	}

	@Override
	public String toString() {
		return "TokenResponse[expiresIn=" + this.expiresIn + "]";
	}

}
