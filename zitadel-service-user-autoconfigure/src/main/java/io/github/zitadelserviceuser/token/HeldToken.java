/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * A token and the two ages that matter: until the first it is fresh, between the two it
 * is stale (used and refreshed), from the second on it is spent (not used any more). One
 * that a resource server rejected is stale at any age before the second.
 */
final class HeldToken {

	private final AccessToken token;

	private final CompletableFuture<AccessToken> future;

	private final TokenTime requestedAt;

	private final TokenTime obtainedAt;

	private final long staleAfter;

	private final long spentAfter;

	private final boolean rejected;

	HeldToken(AccessToken token, TokenTime requestedAt, TokenTime obtainedAt, Duration staleAfter,
			Duration spentAfter) {
		this(token, new HeldFuture(token), requestedAt, obtainedAt, staleAfter.toNanos(), spentAfter.toNanos(), false);
	}

	private HeldToken(AccessToken token, CompletableFuture<AccessToken> future, TokenTime requestedAt,
			TokenTime obtainedAt, long staleAfter, long spentAfter, boolean rejected) {
		this.token = token;
		this.future = future;
		this.requestedAt = requestedAt;
		this.obtainedAt = obtainedAt;
		this.staleAfter = staleAfter;
		this.spentAfter = spentAfter;
		this.rejected = rejected;
	}

	HeldToken reject() {
		return new HeldToken(this.token, this.future, this.requestedAt, this.obtainedAt, this.staleAfter,
				this.spentAfter, true);
	}

	AccessToken token() {
		return this.token;
	}

	/**
	 * Return the token as a future that is complete, always the same one.
	 * @return the shared future
	 */
	CompletableFuture<AccessToken> future() {
		return this.future;
	}

	boolean isRejected() {
		return this.rejected;
	}

	/**
	 * Return the age that the other methods ask for, in nanoseconds, counted from before
	 * the request left.
	 * @param wallMillis what the wall clock says
	 * @param nanos what the monotonic clock says
	 * @return the greater of both ages
	 */
	long age(long wallMillis, long nanos) {
		return this.requestedAt.nanosUntil(wallMillis, nanos);
	}

	boolean isFresh(long age) {
		return age < this.staleAfter && !this.rejected;
	}

	boolean isUsable(long age) {
		return age < this.spentAfter;
	}

	long heldFor(long wallMillis, long nanos) {
		return this.obtainedAt.nanosUntil(wallMillis, nanos);
	}

	TokenStatus.Held status(long wallMillis, long nanos) {
		long age = age(wallMillis, nanos);
		Instant now = Instant.ofEpochMilli(wallMillis);
		return new TokenStatus.Held(this.token.issuedAt(), now.plusNanos(this.staleAfter - age),
				now.plusNanos(this.spentAfter - age), this.token.expiresAt(), this.rejected, isFresh(age),
				isUsable(age));
	}

	long untilNotFresh(long age) {
		return this.rejected ? 0 : Math.max(0, this.staleAfter - age);
	}

	/**
	 * A complete future which every caller is given and none can change. Whatever depends
	 * on it is a future of the caller's own.
	 */
	private static final class HeldFuture extends CompletableFuture<AccessToken> {

		private HeldFuture(AccessToken token) {
			complete(token);
		}

		@Override
		public <U> CompletableFuture<U> newIncompleteFuture() {
			return new CompletableFuture<>();
		}

		@Override
		public void obtrudeValue(AccessToken value) {
			throw new UnsupportedOperationException("This token is shared by all callers");
		}

		@Override
		public void obtrudeException(Throwable ex) {
			throw new UnsupportedOperationException("This token is shared by all callers");
		}

	}

}
