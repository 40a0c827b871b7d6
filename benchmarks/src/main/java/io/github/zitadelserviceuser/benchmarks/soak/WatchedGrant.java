// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.soak;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.jspecify.annotations.Nullable;

/**
 * Knows until when an application has a token that it can use, from what the server gave
 * and not from what the application remembers of it.
 */
final class WatchedGrant implements TokenGrant {

	/**
	 * What a thread may lose between looking at the time here and looking at it in the
	 * source of tokens.
	 */
	private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(50);

	private final TokenGrant grant;

	private final Lock gate;

	private volatile @Nullable Long usableUntil;

	/**
	 * Create a new grant.
	 * @param grant the grant of the application
	 * @param gate is held while a request is under way
	 */
	WatchedGrant(TokenGrant grant, Lock gate) {
		this.grant = grant;
		this.gate = gate;
	}

	@Override
	public TokenResponse request() {
		long requestedAt = System.nanoTime();
		this.gate.lock();
		try {
			TokenResponse response = this.grant.request();
			this.usableUntil = requestedAt + SoakSettings.USABLE_FOR.toNanos() - SLACK;
			return response;
		}
		finally {
			this.gate.unlock();
		}
	}

	/**
	 * Tell whether a usable token is at hand, so that a call that begins now must not
	 * fail.
	 * @return whether there is one
	 */
	boolean hasToken() {
		Long end = this.usableUntil;
		return end != null && System.nanoTime() - end < 0;
	}

}
