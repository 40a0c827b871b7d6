// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A grant that knows how many of its requests are under way. There is one, unless others
 * were abandoned and ignored their interruption: each of those holds a thread.
 */
final class CountedGrant implements TokenGrant {

	private static final int MOST_REQUESTS = 8;

	private final AtomicInteger requests = new AtomicInteger();

	private final TokenGrant delegate;

	CountedGrant(TokenGrant delegate) {
		this.delegate = delegate;
	}

	@Override
	public TokenResponse request() {
		return count(this.delegate::request);
	}

	@Override
	public TokenResponse replace(AccessToken rejected) {
		return count(() -> this.delegate.replace(rejected));
	}

	private TokenResponse count(Supplier<TokenResponse> request) {
		this.requests.incrementAndGet();
		try {
			return request.get();
		}
		finally {
			this.requests.decrementAndGet();
		}
	}

	/**
	 * Return why no other request may start.
	 * @return the failure, or {@code null} if one may start
	 */
	@Nullable TokenRequestException hanging() {
		return (this.requests
			.get() < MOST_REQUESTS) ? null : new TokenRequestException(Reason.TIMEOUT, "No token was requested: "
					+ MOST_REQUESTS
					+ " earlier requests still hang, and ignored that they were interrupted after 'token-timeout'. "
					+ "A thread dump shows what they wait for; look at name resolution (DNS), and at a key location "
					+ "on a network file system");
	}

}
