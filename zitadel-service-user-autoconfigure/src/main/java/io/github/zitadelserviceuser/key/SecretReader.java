// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ResourceLoader;

/**
 * Knows where a client secret or a personal access token is and reads it anew each time
 * it is asked, so that one that was replaced is found without a restart. One line break
 * at its end is left out, as an editor adds it; anything else is part of the secret.
 * <p>
 * Instances are safe for use by several threads. Reading a location blocks.
 *
 * @since 0.1.0
 */
public final class SecretReader {

	/** As RFC 6749 has it in appendix A.2. */
	private static final Pattern CLIENT_SECRET = Pattern.compile("[\\x20-\\x7e]+");

	/** As RFC 6750 has it in section 2.1. */
	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

	private static final Pattern LINE_BREAK_AT_END = Pattern.compile("\\r?\\n\\z");

	private static final Set<String> LOCATIONS = Set.of("file", "classpath", "base64");

	private final CredentialKind kind;

	private final String propertyPrefix;

	private final @Nullable String value;

	private final @Nullable SecretLocation location;

	private SecretReader(CredentialKind kind, String propertyPrefix, @Nullable String value,
			@Nullable SecretLocation location) {
		this.kind = kind;
		this.propertyPrefix = propertyPrefix;
		this.value = value;
		this.location = location;
	}

	/**
	 * A secret that is known by now.
	 * @param kind what it is
	 * @param propertyPrefix the prefix of the properties to name in errors
	 * @param value the secret
	 * @return the reader
	 */
	public static SecretReader of(CredentialKind kind, String propertyPrefix, String value) {
		return new SecretReader(kind, propertyPrefix, value, null);
	}

	/**
	 * A secret that is read when it is needed.
	 * @param kind what it is
	 * @param propertyPrefix the prefix of the properties to name in errors
	 * @param location where the secret is, written like the location of a key
	 * @param resourceLoader resolves {@code file:}, {@code classpath:} and further
	 * prefixes
	 * @return the reader
	 */
	public static SecretReader at(CredentialKind kind, String propertyPrefix, String location,
			ResourceLoader resourceLoader) {
		return new SecretReader(kind, propertyPrefix, null,
				new SecretLocation(kind, propertyPrefix, kind.type() + "-location", location, resourceLoader));
	}

	CredentialKind kind() {
		return this.kind;
	}

	/**
	 * Read the secret.
	 * @return the secret as it is now
	 * @throws InvalidCredentialException if there is no usable one
	 */
	String read() {
		String text = (this.location != null) ? KeyText.decode(this.location.read()) : this.value;
		if (text == null) {
			throw refuse("the content is binary or UTF-16", "Save it as UTF-8.");
		}
		String secret = LINE_BREAK_AT_END.matcher(text).replaceFirst("");
		if (secret.isBlank()) {
			throw refuse("there is nothing in it", "Put the " + this.kind.noun() + " there.");
		}
		if (KeyText.isJson(secret.strip()) || KeyText.isPem(secret)) {
			throw refuse("there is a key, or another JSON or PEM",
					"Put the " + this.kind.noun() + " there and nothing else. The location of a key belongs into '"
							+ property("key-location") + "'.");
		}
		if (this.location == null && LOCATIONS.contains(String.valueOf(SafeLocation.scheme(secret)))) {
			throw refuse("that is the place where the " + this.kind.noun() + " is, not the " + this.kind.noun(),
					"Set '" + property(this.kind.type() + "-location") + "' to it instead.");
		}
		Pattern syntax = (this.kind == CredentialKind.CLIENT_SECRET) ? CLIENT_SECRET : TOKEN;
		if (!syntax.matcher(secret).matches()) {
			throw refuse(
					"there are characters in it that no " + this.kind.noun()
							+ " has, such as a blank or a further line",
					"Copy it again, alone: without quotes, blanks around it, or 'Bearer' ahead of it.");
		}
		return secret;
	}

	/**
	 * Say where the secret comes from.
	 * @return part of a sentence, without anything secret
	 */
	public String origin() {
		return (this.location != null) ? this.location.toString() : "property '" + property(this.kind.type()) + "'";
	}

	private String property(String name) {
		return this.propertyPrefix + "." + name;
	}

	private InvalidCredentialException refuse(String found, String action) {
		return this.kind.refuse(origin(), null, found, action);
	}

	@Override
	public String toString() {
		return this.kind.noun() + " in " + origin();
	}

}
