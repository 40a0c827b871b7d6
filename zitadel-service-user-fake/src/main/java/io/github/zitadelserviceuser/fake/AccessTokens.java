// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The tokens issued and not revoked. To look at a user's state and to issue is one step
 * under one lock, so no token slips out past a deactivation.
 */
final class AccessTokens {

	private final Clock clock;

	private final Map<String, IssuedToken> valid = new HashMap<>();

	private final List<IssuedToken> issued = new ArrayList<>();

	AccessTokens(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Issues a token when its user is active.
	 * @param user the user
	 * @param token the token
	 * @return whether it was issued
	 */
	synchronized boolean issue(FakeServiceUser user, IssuedToken token) {
		if (!user.isActive()) {
			return false;
		}
		this.valid.put(token.value(), token);
		this.issued.add(token);
		return true;
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
