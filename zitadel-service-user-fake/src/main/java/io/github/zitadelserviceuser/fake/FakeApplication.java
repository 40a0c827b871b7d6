// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.security.KeyPair;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An application of a {@link FakeProject}: an API that asks about the tokens that it is
 * sent (introspection, RFC 7662), by its client secret or its key file.
 * {@link #toString()} leaves the secret out. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class FakeApplication {

	private final Instance instance;

	private final FakeProject project;

	private final boolean web;

	private final String appId;

	private final String clientId;

	private final String clientSecret = RandomText.alphanumeric(64);

	private @Nullable Key key;

	FakeApplication(FakeProject project, boolean web, Instance instance) {
		this.instance = instance;
		this.project = project;
		this.web = web;
		this.appId = instance.ids().next();
		this.clientId = instance.ids().next();
		instance.applications().add(this);
	}

	/**
	 * Return the client id.
	 * @return a numeric id
	 */
	public String clientId() {
		return this.clientId;
	}

	/**
	 * Return the client secret.
	 * @return 64 characters
	 */
	public String clientSecret() {
		return this.clientSecret;
	}

	/**
	 * Return the project that it belongs to.
	 * @return the project, whose audience a token needs to be active here
	 */
	public FakeProject project() {
		return this.project;
	}

	/**
	 * Return the key file as downloaded from the console: {@code "type":"application"},
	 * with an {@code appId} and a {@code clientId} but no {@code userId}, so that no
	 * client can get a token with it.
	 * @return the file, with the same key at every call
	 */
	public KeyFile keyFile() {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("type", "application");
		fields.put("keyId", key().keyId());
		fields.put("key", Pem.pkcs1(key().keyPair().getPrivate()));
		fields.put("appId", this.appId);
		fields.put("clientId", this.clientId);
		return new KeyFile(key().keyId(), Json.write(fields), this.instance.files());
	}

	synchronized Key key() {
		if (this.key == null) {
			this.key = new Key(this.instance.ids().next(), this.instance.keyPairs().next(2048));
		}
		return this.key;
	}

	boolean isWeb() {
		return this.web;
	}

	@Override
	public String toString() {
		return "FakeApplication[clientId=" + this.clientId + "]";
	}

	/**
	 * The key of an application.
	 *
	 * @param keyId its id
	 * @param keyPair both halves
	 */
	record Key(String keyId, KeyPair keyPair) {

		VerificationKey verificationKey() {
			return VerificationKey.of(this.keyPair.getPublic(), Instant.MAX);
		}

		@Override
		public String toString() {
			return "Key[keyId=" + this.keyId + "]";
		}

	}

}
