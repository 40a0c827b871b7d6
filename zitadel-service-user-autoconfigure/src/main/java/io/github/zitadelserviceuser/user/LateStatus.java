// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.util.function.Supplier;

import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenStatus;
import org.jspecify.annotations.Nullable;

/**
 * The status of a token source that is built after who asks for it: a listener, who is
 * told of nothing before.
 */
final class LateStatus implements Supplier<TokenStatus> {

	private volatile @Nullable RefreshingTokenSource source;

	RefreshingTokenSource of(RefreshingTokenSource source) {
		this.source = source;
		return source;
	}

	@Override
	public TokenStatus get() {
		RefreshingTokenSource known = this.source;
		return (known != null) ? known.status() : new TokenStatus(null, false, null);
	}

}
