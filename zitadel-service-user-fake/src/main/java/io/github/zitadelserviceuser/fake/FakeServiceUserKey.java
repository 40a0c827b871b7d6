// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A key of a {@link FakeServiceUser}: what the console hands out once, and what the
 * server keeps. Its text forms contain the private key; {@link #toString()} does not.
 *
 * @since 0.1.0
 */
public final class FakeServiceUserKey {

	private final FakeServiceUser user;

	private final Instance instance;

	private final String keyId;

	private final KeyPair keyPair;

	private final Instant expirationDate;

	FakeServiceUserKey(FakeServiceUser user, Instance instance, int bits, Instant expirationDate) {
		this.user = user;
		this.instance = instance;
		this.keyId = instance.ids().next();
		this.keyPair = instance.keyPairs().next(bits);
		this.expirationDate = expirationDate;
	}

	/**
	 * Return the id of the key, the {@code kid} of an assertion.
	 * @return the numeric id
	 */
	public String keyId() {
		return this.keyId;
	}

	/**
	 * Return the id of the user, the {@code iss} and {@code sub} of an assertion.
	 * @return the numeric id
	 */
	public String userId() {
		return this.user.id();
	}

	/**
	 * Return the date in the key file. {@link #expire()} does not change it.
	 * @return the date
	 */
	public Instant expirationDate() {
		return this.expirationDate;
	}

	/**
	 * Return the private key.
	 * @return an RSA key
	 */
	public PrivateKey privateKey() {
		return this.keyPair.getPrivate();
	}

	/**
	 * Return the public key.
	 * @return an RSA key
	 */
	public PublicKey publicKey() {
		return this.keyPair.getPublic();
	}

	/**
	 * Return the private key as the console writes it.
	 * @return a PKCS#1 PEM, {@code RSA PRIVATE KEY}
	 */
	public String pem() {
		return Pem.pkcs1(this.keyPair.getPrivate());
	}

	/**
	 * Return the private key as {@code openssl genpkey} writes one.
	 * @return a PKCS#8 PEM, {@code PRIVATE KEY}
	 */
	public String pkcs8Pem() {
		return Pem.pkcs8(this.keyPair.getPrivate());
	}

	/**
	 * Return the key file as downloaded from the console.
	 * @return a JSON object of five fields
	 */
	public String json() {
		return file().json();
	}

	/**
	 * Return the key file as ZITADEL's API returns it.
	 * @return {@link #json()} in base64
	 */
	public String base64() {
		return file().base64();
	}

	/**
	 * Writes the key file, replacing what is there.
	 * @param target the file to write
	 * @return the same path
	 */
	public Path writeTo(Path target) {
		return file().writeTo(target);
	}

	/**
	 * Writes the key file to a directory of the fake, which is deleted when the fake is
	 * closed.
	 * @return the path of the file
	 */
	public Path keyFile() {
		return file().path();
	}

	/**
	 * Return the key file as downloaded from the console.
	 * @return the file
	 */
	public KeyFile file() {
		return file(pem());
	}

	/**
	 * Return a key file that holds the key as PKCS#8, which people make by hand.
	 * @return the file
	 */
	public KeyFile pkcs8File() {
		return file(pkcs8Pem());
	}

	/**
	 * Deletes the key on the server. Tokens already issued stay valid.
	 */
	public void delete() {
		this.user.deleteKey(this.keyId);
	}

	/**
	 * Lets the key expire on the server now.
	 */
	public void expire() {
		this.user.expireKey(this.keyId);
	}

	/**
	 * Lets the server know the key only after a time, by the clock of the fake, and
	 * refuse it as an unknown one until then. On the real server this happens to a key
	 * now and then that was just made, for seconds.
	 * @param delay the time from now, {@link Duration#ZERO} to end it
	 */
	public void becomeKnownAfter(Duration delay) {
		this.user.keyKnownFrom(this.keyId, this.instance.clock().instant().plus(delay));
	}

	private KeyFile file(String pem) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("type", "serviceaccount");
		fields.put("keyId", this.keyId);
		fields.put("key", pem);
		fields.put("expirationDate", this.expirationDate.toString());
		fields.put("userId", this.user.id());
		return new KeyFile(this.keyId, Json.write(fields), this.instance.files());
	}

	@Override
	public String toString() {
		return "FakeServiceUserKey[keyId=" + this.keyId + ", userId=" + this.user.id() + "]";
	}

}
