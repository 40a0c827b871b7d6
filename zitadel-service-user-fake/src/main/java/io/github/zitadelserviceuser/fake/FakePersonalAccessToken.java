// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A personal access token of a {@link FakeServiceUser}: good at userinfo and ZITADEL's
 * APIs as it is, until it is deleted or expires or its user is suspended.
 * {@link #toString()} leaves the token out.
 *
 * @since 0.1.0
 * @see FakeServiceUser#createPersonalAccessToken()
 */
public final class FakePersonalAccessToken {

	/** They make the 71 characters of a personal access token of ZITADEL. */
	private static final int BYTES = 53;

	private final String tokenId;

	private final String value = RandomText.base64url(BYTES);

	private final FakeServiceUser user;

	private final Instance instance;

	private final Instant expirationDate;

	FakePersonalAccessToken(FakeServiceUser user, Instance instance, Instant expirationDate) {
		this.tokenId = instance.ids().next();
		this.user = user;
		this.instance = instance;
		this.expirationDate = expirationDate;
	}

	/**
	 * Return the id of the token, by which the console lists it.
	 * @return the numeric id
	 */
	public String tokenId() {
		return this.tokenId;
	}

	/**
	 * Return the token itself.
	 * @return 71 characters
	 */
	public String value() {
		return this.value;
	}

	/**
	 * Return when the token ends. Whoever holds it is not told.
	 * @return the date, by the clock of the fake
	 */
	public Instant expirationDate() {
		return this.expirationDate;
	}

	/**
	 * Deletes the token on the server, where it ends at once.
	 */
	public void delete() {
		this.instance.tokens().revoke(this.value);
	}

	/**
	 * Writes the token, and nothing else, to a file in a directory which is deleted when
	 * the fake is closed: the token location of an application.
	 * @return the path of the file, another one at every call
	 */
	public Path file() {
		return content().path();
	}

	/**
	 * Puts the token into a file in place of what is there, in one step as an operator
	 * does who replaces a token: {@code user.createPersonalAccessToken().writeTo(file)}.
	 * @param target the file to write
	 * @return the same path
	 */
	public Path writeTo(Path target) {
		content().replace(target);
		return target;
	}

	private CredentialFile content() {
		return new CredentialFile("personal-access-token", this.value, this.instance.files());
	}

	/**
	 * Makes the server know the token, for the first time or again.
	 */
	void enable() {
		this.instance.tokens()
			.add(new IssuedToken(this.value, this.tokenId, this.user.id(), Scopes.OF_PERSONAL_ACCESS_TOKEN,
					Scopes.audience(Scopes.OF_PERSONAL_ACCESS_TOKEN), this.instance.clock().instant(),
					this.expirationDate));
	}

	@Override
	public String toString() {
		return "FakePersonalAccessToken[tokenId=" + this.tokenId + ", userId=" + this.user.id() + "]";
	}

}
