// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.user.InvalidServiceUserNameException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains a name that no service user can have. It is asked ahead of Boot's own analyzer
 * of what cannot be bound.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidServiceUserNameFailureAnalyzer extends AbstractFailureAnalyzer<InvalidServiceUserNameException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidServiceUserNameException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Give it another name where it is described ('zitadel.service-users." + cause.getName()
						+ "'), and where @ServiceUser names it.",
				cause);
	}

}
