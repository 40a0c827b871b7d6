// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;

/**
 * Judges an answer to a token request: whether the token can be sent, and for how long.
 */
final class TokenAcceptance {

	private final RefreshPolicy policy;

	private final UnknownLifetime unknownLifetime;

	private final RandomGenerator random;

	TokenAcceptance(RefreshPolicy policy, UnknownLifetime unknownLifetime, RandomGenerator random) {
		this.policy = policy;
		this.unknownLifetime = unknownLifetime;
		this.random = random;
	}

	/**
	 * Accept a token.
	 * @param response the answer
	 * @param requestedAt the time before the request left
	 * @param obtainedAt the time at which the answer was there
	 * @return the token with its life
	 * @throws TokenRequestException if the token cannot be used
	 */
	HeldToken accept(TokenResponse response, TokenTime requestedAt, TokenTime obtainedAt) {
		if (!response.isSendable()) {
			throw new TokenRequestException(Reason.INVALID_RESPONSE,
					"The answer cannot be used: its 'access_token' is empty or has characters that cannot be sent in "
							+ "an Authorization header (RFC 6750, section 2.1)");
		}
		Duration lifetime = (response.expiresIn() != null) ? this.policy.lifetime(response.expiresIn())
				: this.unknownLifetime.assumed();
		Duration usableFor = this.policy.usableFor(lifetime);
		long age = requestedAt.nanosUntil(obtainedAt.wallMillis(), obtainedAt.nanos());
		if (age >= usableFor.toNanos()) {
			Duration disagreement = requestedAt.disagreement(obtainedAt);
			boolean usableByOneClock = age - disagreement.toNanos() < usableFor.toNanos();
			if (usableByOneClock && disagreement.compareTo(this.policy.tokenTimeout()) > 0) {
				throw new TokenRequestException(Reason.UNREACHABLE,
						"The clock was set, or the machine slept, while the token was requested: the clocks of this "
								+ "machine disagree by " + disagreement.toMillis()
								+ " ms on how long that took. The token may have ended, and another is needed");
			}
			throw new TokenRequestException(Reason.INVALID_RESPONSE,
					"The token had expired when it came: the server gave it a lifetime ('expires_in') of "
							+ lifetime.toMillis() + " ms, of which the request took " + Duration.ofNanos(age).toMillis()
							+ " ms. Raise the lifetime of access tokens at the server");
		}
		AccessToken token = new AccessToken(response.accessToken(), requestedAt.instant(),
				requestedAt.instant().plus(lifetime));
		return new HeldToken(token, requestedAt, obtainedAt, this.policy.refreshAfter(lifetime, this.random), usableFor,
				response.expiresIn() != null);
	}

}
