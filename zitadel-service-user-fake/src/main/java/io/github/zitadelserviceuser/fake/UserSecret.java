// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;

import org.jspecify.annotations.Nullable;

/**
 * The one client secret that a user can have: the server's half of it, and the file of
 * whoever uses it.
 */
final class UserSecret {

	private static final int LENGTH = 64;

	private final String clientId;

	private final CredentialDirectory directory;

	private @Nullable String valid;

	private @Nullable FakeClientSecret last;

	private @Nullable Path path;

	UserSecret(String clientId, CredentialDirectory directory) {
		this.clientId = clientId;
		this.directory = directory;
	}

	synchronized FakeClientSecret create() {
		FakeClientSecret secret = new FakeClientSecret(this.clientId, RandomText.alphanumeric(LENGTH));
		this.last = secret;
		this.valid = secret.value();
		return secret;
	}

	synchronized FakeClientSecret rotate() {
		Path target = path();
		FakeClientSecret secret = create();
		file(secret).replace(target);
		return secret;
	}

	synchronized void delete() {
		this.valid = null;
	}

	synchronized Path path() {
		if (this.path == null) {
			this.path = file((this.last != null) ? this.last : create()).path();
		}
		return this.path;
	}

	synchronized void restore() {
		FakeClientSecret secret = this.last;
		if (secret != null) {
			this.valid = secret.value();
			if (this.path != null) {
				file(secret).restore(this.path);
			}
		}
	}

	/**
	 * Checks a secret.
	 * @param secret the secret that came
	 * @return why it is refused, or {@code null} if it is the right one
	 */
	synchronized @Nullable TokenOutcome refusal(String secret) {
		if (this.valid == null) {
			return TokenOutcome.SECRET_NOT_SET;
		}
		return MessageDigest.isEqual(this.valid.getBytes(StandardCharsets.UTF_8),
				secret.getBytes(StandardCharsets.UTF_8)) ? null : TokenOutcome.WRONG_SECRET;
	}

	private CredentialFile file(FakeClientSecret secret) {
		return new CredentialFile("client-secret", secret.value(), this.directory);
	}

	@Override
	public String toString() {
		return "UserSecret[clientId=" + this.clientId + "]";
	}

}
