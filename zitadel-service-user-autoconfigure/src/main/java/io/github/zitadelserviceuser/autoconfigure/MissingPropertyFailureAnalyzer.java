// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.user.MissingPropertyException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a property that is not set.
 */
final class MissingPropertyFailureAnalyzer extends AbstractFailureAnalyzer<MissingPropertyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MissingPropertyException cause) {
		return new FailureAnalysis(
				"The ZITADEL service user cannot be set up: the property '" + cause.getProperty() + "' is not set.",
				"Set '" + cause.getProperty() + "' to " + cause.getNeeded()
						+ ". To run without a service user, for instance in a test, set '"
						+ ZitadelServiceUserProperties.PREFIX + ".enabled=false'.",
				cause);
	}

}
