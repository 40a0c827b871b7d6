// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.token.TokenRequestException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that there was no token for a call that is made while the application starts.
 */
final class TokenRequestFailureAnalyzer extends AbstractFailureAnalyzer<TokenRequestException> {

	private static final String PREFIX = ZitadelServiceUserProperties.PREFIX;

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, TokenRequestException cause) {
		return new FailureAnalysis(
				"The application calls out as the ZITADEL service user while it starts, and there is no access token "
						+ "for that call. " + cause.getMessage(),
				action(cause) + " If the application is to start without ZITADEL, let it call out later.", cause);
	}

	static String action(TokenRequestException failure) {
		return switch (failure.getReason()) {
			case UNREACHABLE -> "Check that ZITADEL is up and can be reached from here (name resolution, firewall, "
					+ "proxy), and that '" + PREFIX + ".issuer-uri' and '" + PREFIX + ".base-url' are right.";
			case TIMEOUT -> "Check that ZITADEL is up and can be reached from here. If it is merely slow, raise '"
					+ PREFIX + ".token-timeout'.";
			case UNAVAILABLE -> "Start the application again when ZITADEL can answer. If it goes on, look at its log "
					+ "and its quota.";
			case SERVER_ERROR, REFUSED -> "Go through what is named above, one by one. ZITADEL's own log tells more.";
			case KEY_NOT_KNOWN_YET ->
				"Start the application again. If it goes on, go through what is named above, one by " + "one.";
			case INVALID_RESPONSE -> "What is named above is at fault in the answer. If it was not ZITADEL that "
					+ "answered, look for a proxy or a login page in between, and at '" + PREFIX + ".issuer-uri'.";
			case WRONG_SERVER -> "Set '" + PREFIX + ".issuer-uri' to the URL of the ZITADEL instance "
					+ "as it stands in a browser, and '" + PREFIX + ".base-url' only if it is reached by another "
					+ "address from here. Look for a proxy or a login page in between.";
			case INVALID_KEY -> "Put a usable credential in the place that is named above.";
			case CANCELLED -> "The start was interrupted. Start the application again.";
			case UNEXPECTED -> "Start the application with '--debug' to see the stack trace. If this library is at "
					+ "fault, report it.";
		};
	}

}
