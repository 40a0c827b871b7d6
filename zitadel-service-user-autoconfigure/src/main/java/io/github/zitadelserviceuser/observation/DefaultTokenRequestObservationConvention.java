// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.observation;

import java.util.Locale;
import java.util.Set;

import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * The default names. There is no key {@code error}: Micrometer adds one of that name to
 * the meters of an observation.
 */
final class DefaultTokenRequestObservationConvention implements TokenRequestObservationConvention {

	static final DefaultTokenRequestObservationConvention INSTANCE = new DefaultTokenRequestObservationConvention();

	private static final String NONE = "none";

	/** The codes of RFC 6749, section 5.2, and what ZITADEL sends besides. */
	private static final Set<String> ERRORS = Set.of("invalid_request", "invalid_client", "invalid_grant",
			"unauthorized_client", "unsupported_grant_type", "invalid_scope", "server_error");

	private DefaultTokenRequestObservationConvention() {
	}

	@Override
	public String getName() {
		return "zitadel.service.user.token.requests";
	}

	@Override
	public String getContextualName(TokenRequestObservationContext context) {
		return "service user token request";
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(TokenRequestObservationContext context) {
		return KeyValues.of("oauth2.error", error(context.getFailure()), "outcome", outcome(context), "reason",
				reason(context), "service.user", context.getServiceUser());
	}

	private static String outcome(TokenRequestObservationContext context) {
		if (context.getError() != null) {
			return "FAILURE";
		}
		return context.isSucceeded() ? "SUCCESS" : "UNKNOWN";
	}

	private static String reason(TokenRequestObservationContext context) {
		if (context.getError() == null) {
			return NONE;
		}
		TokenRequestException failure = context.getFailure();
		return ((failure != null) ? failure.getReason() : Reason.UNEXPECTED).name().toLowerCase(Locale.ROOT);
	}

	private static String error(@Nullable TokenRequestException failure) {
		String error = (failure != null) ? failure.getError() : null;
		if (error == null) {
			return NONE;
		}
		return ERRORS.contains(error) ? error : "other";
	}

}
