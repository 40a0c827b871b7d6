// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An assertion as it arrived, read but not checked.
 *
 * @param signingInput the first two parts with the dot between them
 * @param header the JOSE header, empty when it cannot be read
 * @param claims the claims
 * @param signature the third part
 */
record Assertion(String signingInput, Map<String, Object> header, Map<String, Object> claims, String signature) {

	/**
	 * Row 3: reads the compact form. The header and the signature are not looked at
	 * before row 8, so a broken one is not yet an error here.
	 * @param compact what the client sent
	 * @return the assertion, or {@code null} when its shape is wrong
	 */
	static @Nullable Assertion parse(String compact) {
		String[] parts = compact.replaceAll("\\s", "").split("\\.", -1);
		if (parts.length != 3) {
			return null;
		}
		Map<String, Object> claims = readPart(parts[1]);
		if (claims == null || !hasReadableClaims(claims)) {
			return null;
		}
		return new Assertion(parts[0] + "." + parts[1], Objects.requireNonNullElse(readPart(parts[0]), Map.of()),
				claims, parts[2]);
	}

	private static boolean hasReadableClaims(Map<String, Object> claims) {
		return isTextOrAbsent(claims.get("iss")) && isTextOrAbsent(claims.get("sub"))
				&& isTimeOrAbsent(claims.get("exp")) && isTimeOrAbsent(claims.get("iat"));
	}

	private static boolean isTextOrAbsent(@Nullable Object claim) {
		return claim == null || claim instanceof String;
	}

	private static boolean isTimeOrAbsent(@Nullable Object claim) {
		return claim == null || time(claim) != null;
	}

	private static @Nullable Map<String, Object> readPart(String part) {
		byte[] json = decode(part);
		return (json != null) ? Json.readObject(json) : null;
	}

	private static byte @Nullable [] decode(String part) {
		try {
			return part.contains("=") ? null : Base64.getUrlDecoder().decode(part);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable Instant time(@Nullable Object claim) {
		try {
			if (claim instanceof Number number) {
				return Instant.ofEpochSecond(number.longValue());
			}
			return (claim instanceof String text) ? Instant.parse(text) : null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/**
	 * Return whether the audience is a list with something else than text in it, at which
	 * the real server stumbles.
	 * @return whether there is no answer
	 */
	boolean isFatal() {
		return this.claims.get("aud") instanceof List<?> list && !list.stream().allMatch(String.class::isInstance);
	}

	List<String> audience() {
		Object audience = this.claims.get("aud");
		if (audience instanceof List<?> list) {
			return list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
		}
		return (audience instanceof String single) ? List.of(single) : List.of();
	}

	@Nullable Instant expiresAt() {
		return time(this.claims.get("exp"));
	}

	@Nullable Instant issuedAt() {
		return time(this.claims.get("iat"));
	}

	String issuer() {
		return text(this.claims.get("iss"));
	}

	String subject() {
		return text(this.claims.get("sub"));
	}

	String algorithm() {
		return text(this.header.get("alg"));
	}

	String keyId() {
		return text(this.header.get("kid"));
	}

	boolean isSignedWith(PublicKey key) {
		byte[] signature = decode(this.signature);
		return signature != null && Signatures.verify(algorithm(), key,
				this.signingInput.getBytes(StandardCharsets.US_ASCII), signature);
	}

	private static String text(@Nullable Object claim) {
		return (claim instanceof String text) ? text : "";
	}

	@Override
	public String toString() {
		return "Assertion[iss=" + issuer() + ", kid=" + keyId() + "]";
	}

}
