// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ResourceLoader;

/**
 * Knows where the key of a service user is and reads it anew each time it is asked, so
 * that a key that was replaced is found without a restart. Nothing is read before the
 * first call of {@link #read()}.
 * <p>
 * A location is a path, {@code file:}, {@code classpath:}, or {@code base64:} followed by
 * the Base64 of the content; other prefixes are left to the resource loader. A location
 * without a prefix is a path in the file system. No more than 64 KiB are read.
 * <p>
 * The readers made here are immutable and may be used by any number of threads. Reading
 * blocks: keep it off an event loop.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface KeyReader {

	/**
	 * Read the key. An expired key is returned like any other: the clock of this machine
	 * may be wrong, and it is ZITADEL that decides.
	 * @return the key as it is now
	 * @throws InvalidServiceUserKeyException if there is no usable key
	 */
	ServiceUserKey read();

	/**
	 * Say where the key comes from and of what kind it is, for messages that list what
	 * can be wrong with it. Nothing is read for that.
	 * @return part of a sentence, such as "the key file at '/run/key.json'", without
	 * anything secret
	 */
	default String origin() {
		return "a KeyReader of the application";
	}

	/**
	 * Say when the key came to where it is, for whoever has to tell a key that was made a
	 * moment ago, and may not be known to ZITADEL yet, from one that is known no more.
	 * @return the time, or {@code null} if that is not known
	 */
	default @Nullable Instant writtenAt() {
		return null;
	}

	/**
	 * A reader of the JSON that ZITADEL's console offers for download when a key of a
	 * service user is created. The Base64 of that JSON, as ZITADEL's API returns it, is
	 * read as well.
	 * @param propertyPrefix the prefix of the properties to name in errors, such as
	 * {@code zitadel.service-user}
	 * @param location where the JSON is, the value of {@code key-location}
	 * @param resourceLoader resolves {@code file:}, {@code classpath:} and further
	 * prefixes
	 * @return the reader
	 */
	static KeyReader json(String propertyPrefix, String location, ResourceLoader resourceLoader) {
		return new JsonKeyReader(
				new SecretLocation(CredentialKind.KEY, propertyPrefix, "key-location", location, resourceLoader));
	}

	/**
	 * A reader of a private key that is not ZITADEL's: a PEM file whose public half was
	 * uploaded for the service user. PKCS#1 and PKCS#8 are read, neither encrypted.
	 * @param propertyPrefix the prefix of the properties to name in errors, such as
	 * {@code zitadel.service-user}
	 * @param userId the numeric id of the service user, the value of {@code user-id}
	 * @param keyId the id ZITADEL gave to the public key, the value of {@code key-id}
	 * @param location where the PEM is, the value of {@code private-key-location}
	 * @param resourceLoader resolves {@code file:}, {@code classpath:} and further
	 * prefixes
	 * @return the reader
	 */
	static KeyReader pem(String propertyPrefix, @Nullable String userId, @Nullable String keyId, String location,
			ResourceLoader resourceLoader) {
		return new PemKeyReader(userId, keyId, new SecretLocation(CredentialKind.KEY, propertyPrefix,
				"private-key-location", location, resourceLoader));
	}

}
