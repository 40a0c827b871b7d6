// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Who a client says it is, read as ZITADEL reads it: an {@code Authorization} of the
 * scheme Basic, its two halves encoded as a form is (RFC 6749 section 2.3.1), goes before
 * the parameters of the body. {@link #toString()} leaves the secret out.
 *
 * @param id the client id, empty if there is none
 * @param secret the client secret, empty if there is none
 * @param malformed whether the header cannot be decoded
 */
record ClientCredentials(String id, String secret, boolean malformed) {

	static ClientCredentials of(HttpCall call, TokenForm form) {
		String basic = basic(call.header("authorization"));
		if (basic == null) {
			return new ClientCredentials(form.clientId(), form.clientSecret(), false);
		}
		String[] parts = basic.split(":", 2);
		try {
			return new ClientCredentials(URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
					URLDecoder.decode(parts[1], StandardCharsets.UTF_8), false);
		}
		catch (IllegalArgumentException ex) {
			return new ClientCredentials("", "", true);
		}
	}

	private static @Nullable String basic(@Nullable String authorization) {
		String header = Objects.requireNonNullElse(authorization, "");
		if (!header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
			return null;
		}
		try {
			byte[] decoded = Base64.getDecoder().decode(header.substring("basic ".length()));
			String text = new String(decoded, StandardCharsets.UTF_8);
			return text.contains(":") ? text : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	@Override
	public String toString() {
		return "ClientCredentials[id=" + this.id + "]";
	}

}
