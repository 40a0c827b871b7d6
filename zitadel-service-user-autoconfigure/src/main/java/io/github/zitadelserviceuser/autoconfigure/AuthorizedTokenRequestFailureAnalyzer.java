// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.user.AuthorizedTokenRequestException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains a client of the token requests that was to call out as a service user. It is
 * asked ahead of Boot's own analyzer of cycles, which would draw one.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class AuthorizedTokenRequestFailureAnalyzer extends AbstractFailureAnalyzer<AuthorizedTokenRequestException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, AuthorizedTokenRequestException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Let the TokenRequestClientCustomizer and TokenRequestFactoryBuilderCustomizer beans of that user do "
						+ "without any service user. If what stands before ZITADEL wants credentials, set '"
						+ cause.getPropertyPrefix() + ".headers'.",
				cause);
	}

}
