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

import java.util.concurrent.atomic.AtomicInteger;

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
		this.requests.incrementAndGet();
		try {
			return this.delegate.request();
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
