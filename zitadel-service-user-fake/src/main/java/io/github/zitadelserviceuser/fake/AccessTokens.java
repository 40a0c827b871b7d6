// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The tokens issued and not revoked. To look at a user's state and to issue is one step
 * under one lock, so no token slips out past a deactivation.
 */
final class AccessTokens {

	/** They make the 104 characters of an opaque token of ZITADEL. */
	private static final int BYTES = 78;

	private final Clock clock;

	private final Map<String, IssuedToken> valid = new HashMap<>();

	private final List<IssuedToken> issued = new ArrayList<>();

	AccessTokens(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Row 12, and issues a token when the user passes.
	 * @param user the user
	 * @param scopes the scopes granted
	 * @param lifetime the lifetime of the token
	 * @return the token, or {@code null} if the user is not active
	 */
	synchronized @Nullable IssuedToken issue(FakeServiceUser user, Set<String> scopes, Duration lifetime) {
		if (!user.isActive()) {
			return null;
		}
		Instant now = this.clock.instant();
		IssuedToken token = new IssuedToken(RandomText.base64url(BYTES), user.id(), scopes, Scopes.audience(scopes),
				now, now.plus(lifetime));
		this.valid.put(token.value(), token);
		this.issued.add(token);
		return token;
	}

	synchronized void add(IssuedToken token) {
		this.valid.put(token.value(), token);
	}

	synchronized @Nullable IssuedToken findValid(String value) {
		IssuedToken token = this.valid.get(value);
		return (token != null && this.clock.instant().isBefore(token.expiresAt())) ? token : null;
	}

	synchronized List<IssuedToken> issued() {
		return List.copyOf(this.issued);
	}

	synchronized void revoke(String value) {
		this.valid.remove(value);
	}

	synchronized void revokeAll() {
		this.valid.clear();
	}

	synchronized void revokeAllOf(String userId) {
		this.valid.values().removeIf((token) -> token.userId().equals(userId));
	}

	synchronized void forgetIssued() {
		this.issued.clear();
	}

}
