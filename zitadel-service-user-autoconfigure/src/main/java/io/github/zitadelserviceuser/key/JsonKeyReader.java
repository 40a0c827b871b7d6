// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.security.interfaces.RSAPrivateKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of a service user's key. Fields it does not know are ignored.
 */
final class JsonKeyReader implements KeyReader {

	private final SecretLocation location;

	JsonKeyReader(SecretLocation location) {
		this.location = location;
	}

	@Override
	public ServiceUserKey read() {
		KeyJson json = KeyJson.parse(KeyText.read(this.location), this.location);
		requireServiceUser(json);
		String userId = json.require("userId");
		if (!ServiceUserKey.isId(userId)) {
			throw this.location.refuse("userId", "field 'userId' is not the id of a user",
					"Use the file as ZITADEL's console offered it for download, or put the id of the service user "
							+ "there, the number its page shows.");
		}
		String keyId = json.require("keyId");
		if (!ServiceUserKey.isId(keyId)) {
			throw this.location.refuse("keyId", "field 'keyId' is not the id of a key",
					"Use the file as ZITADEL's console offered it for download.");
		}
		RSAPrivateKey privateKey = new PrivateKeyParser(this.location, "key").parse(json.require("key"));
		return new ServiceUserKey(userId, keyId, privateKey, expirationDate(json));
	}

	private void requireServiceUser(KeyJson json) {
		String type = json.find("type");
		if (json.isKubernetesSecret()) {
			throw this.location.refuse("kind", "this is a Kubernetes Secret as JSON, not the file that it holds",
					"Mount the Secret as a volume and point '" + this.location.property()
							+ "' to the file in it that is the key of a service user. 'tls.key' is none: that is how "
							+ "charts keep the key of a system user.");
		}
		if (json.isSystemUser()) {
			throw this.location.refuse("type", "this is the key of a system user, which no service user can use",
					"A system user is part of ZITADEL's own configuration (SystemAPIUsers), calls the System API alone "
							+ "and gets no token. " + KeyJson.CREATE_KEY);
		}
		boolean application = (type == null) && !json.has("userId") && (json.has("appId") || json.has("clientId"));
		if (application || "application".equals(type)) {
			throw this.location.refuse("type", "this is the key of an application, which no service user can use",
					"In ZITADEL's console create a key of type JSON on the 'Keys' page of the service user, not on "
							+ "that of the application, and use the file it offers.");
		}
		if (type != null && !type.equals("serviceaccount")) {
			throw this.location.refuse("type", type.equals("service_account")
					? "this is the key of a Google Cloud service account" : "field 'type' is not 'serviceaccount'",
					KeyJson.CREATE_KEY);
		}
	}

	private @Nullable Instant expirationDate(KeyJson json) {
		String date = json.find("expirationDate");
		if (date == null || date.isEmpty()) {
			return null;
		}
		try {
			return OffsetDateTime.parse(date).toInstant();
		}
		catch (DateTimeException ex) {
			throw this.location.refuse("expirationDate",
					"field 'expirationDate' is not a date and time with an offset (RFC 3339)",
					"Write it like '2030-01-01T00:00:00Z', or remove it if the key never expires.");
		}
	}

	@Override
	public String origin() {
		return "the JSON key file of ZITADEL's console at " + this.location;
	}

	@Override
	public @Nullable Instant writtenAt() {
		return this.location.writtenAt();
	}

	@Override
	public String toString() {
		return "JSON at " + this.location;
	}

}
