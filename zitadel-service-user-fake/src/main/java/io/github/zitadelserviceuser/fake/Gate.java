// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import org.jspecify.annotations.Nullable;

/**
 * What a request has to pass before it reaches what is behind its path: the database has
 * to be there, the host has to name the instance, and the instance must not be blocked.
 */
final class Gate {

	private final Hosts hosts;

	private volatile boolean databaseDown;

	private volatile boolean instanceBlocked;

	Gate(Hosts hosts) {
		this.hosts = hosts;
	}

	void databaseDown(boolean down) {
		this.databaseDown = down;
	}

	void instanceBlocked(boolean blocked) {
		this.instanceBlocked = blocked;
	}

	Passage open(HttpCall call, Surface surface) {
		String issuer = this.hosts.issuer(call);
		if (this.databaseDown) {
			return new Passage(issuer, TokenOutcome.DATABASE_DOWN, this.hosts.databaseDown(call, surface));
		}
		if (issuer == null) {
			return new Passage(null, TokenOutcome.UNKNOWN_HOST, this.hosts.notFound(call, surface));
		}
		if (this.instanceBlocked) {
			return new Passage(issuer, TokenOutcome.INSTANCE_BLOCKED, surface.instanceBlocked());
		}
		return new Passage(issuer, TokenOutcome.SCRIPTED, null);
	}

	/**
	 * What the gate says to a request.
	 *
	 * @param issuer the issuer of this request, {@code null} if its host is unknown
	 * @param outcome why it did not pass
	 * @param refusal the answer to one that did not pass, {@code null} if it did
	 */
	record Passage(@Nullable String issuer, TokenOutcome outcome, @Nullable FakeAnswer refusal) {

	}

}
