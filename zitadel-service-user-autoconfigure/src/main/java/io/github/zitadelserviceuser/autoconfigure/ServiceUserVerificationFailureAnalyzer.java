// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains why the service user could not be verified. It comes ahead of those that
 * explain only its cause.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ServiceUserVerificationFailureAnalyzer extends AbstractFailureAnalyzer<ServiceUserVerificationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ServiceUserVerificationException cause) {
		return new FailureAnalysis(cause.getMessage() + ". " + cause.getFailure().getMessage(),
				TokenRequestFailureAnalyzer.action(cause.getFailure()) + " To start without this check, set '"
						+ ZitadelServiceUserProperties.PREFIX + ".verify-on-startup=false'.",
				cause);
	}

}
