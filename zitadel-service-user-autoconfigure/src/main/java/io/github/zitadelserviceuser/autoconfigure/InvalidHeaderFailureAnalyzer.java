// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.grant.InvalidHeaderException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a header that cannot be sent to ZITADEL, without showing its value.
 */
final class InvalidHeaderFailureAnalyzer extends AbstractFailureAnalyzer<InvalidHeaderException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidHeaderException cause) {
		return new FailureAnalysis("The header in '" + cause.getProperty()
				+ "' cannot be sent with each request to ZITADEL: " + cause.getFound() + ".", cause.getAction(), cause);
	}

}
