// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.security.interfaces.RSAPrivateKey;
import java.time.Instant;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads a PEM and adds the two ids that a PEM does not hold.
 */
final class PemKeyReader implements KeyReader {

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,64}");

	private final @Nullable String userId;

	private final @Nullable String keyId;

	private final SecretLocation location;

	PemKeyReader(@Nullable String userId, @Nullable String keyId, SecretLocation location) {
		this.userId = userId;
		this.keyId = keyId;
		this.location = location;
	}

	@Override
	public ServiceUserKey read() {
		String user = require("user-id", this.userId, "id of the service user, a number");
		// Typed by hand, and the name of a service user looks like an id to many.
		// One that was given an id which is no number has a JSON file to use
		// instead.
		if (!NUMBER.matcher(user).matches()) {
			throw refuse("user-id", "is not a number; it may be the user name",
					"Set it to the number that the page of the service user in ZITADEL's console shows as its id.");
		}
		String key = require("key-id", this.keyId, "id that ZITADEL gave to the uploaded public key");
		if (!ServiceUserKey.isId(key)) {
			throw refuse("key-id", "is not the id of a key",
					"Set it to the id shown on the 'Keys' page of the service user in ZITADEL's console.");
		}
		RSAPrivateKey privateKey = new PrivateKeyParser(this.location, null).parse(KeyText.read(this.location));
		return new ServiceUserKey(user, key, privateKey, null);
	}

	private String require(String name, @Nullable String value, String meaning) {
		if (value == null || value.isBlank()) {
			throw refuse(name, "is not set", "Set it to the " + meaning + ". A private key of one's own goes with '"
					+ this.location.property("user-id") + "' and '" + this.location.property("key-id") + "'.");
		}
		return value.strip();
	}

	private InvalidServiceUserKeyException refuse(String name, String found, String action) {
		String property = this.location.property(name);
		return new InvalidServiceUserKeyException("property '" + property + "'", property, "the property " + found,
				action);
	}

	@Override
	public String origin() {
		return "a private key of one's own at " + this.location + ", for which '" + this.location.property("key-id")
				+ "' must be the id that ZITADEL gave to the uploaded public key, and '"
				+ this.location.property("user-id") + "' the number that is the id of the service user";
	}

	@Override
	public @Nullable Instant writtenAt() {
		return this.location.writtenAt();
	}

	@Override
	public String toString() {
		return "PEM at " + this.location;
	}

}
