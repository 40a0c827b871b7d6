// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of credential by which a service user authenticates.
 *
 * @since 0.1.0
 */
public enum CredentialKind {

	/**
	 * A private key, with which assertions are signed (RFC 7523).
	 */
	KEY("key", "key file"),

	/**
	 * A client secret (RFC 6749, section 2.3.1).
	 */
	CLIENT_SECRET("client secret", "file with the client secret"),

	/**
	 * A personal access token, which is sent as it is.
	 */
	PERSONAL_ACCESS_TOKEN("personal access token", "file with the personal access token");

	private final String noun;

	private final String file;

	CredentialKind(String noun, String file) {
		this.noun = noun;
		this.file = file;
	}

	/**
	 * Return what to call it in a sentence.
	 * @return such as "client secret"
	 */
	public String noun() {
		return this.noun;
	}

	/**
	 * Return what to call it where machines read: lower case, with hyphens.
	 * @return such as "client-secret", which its properties begin with
	 */
	public String type() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	String file() {
		return this.file;
	}

	InvalidCredentialException refuse(String location, @Nullable String field, String found, String action) {
		return (this == KEY) ? new InvalidServiceUserKeyException(location, field, found, action)
				: new InvalidCredentialException(this.noun, location, field, found, action);
	}

}
