// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.key.InvalidCredentialException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a credential that cannot be used, without showing any of it.
 */
final class InvalidCredentialFailureAnalyzer extends AbstractFailureAnalyzer<InvalidCredentialException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidCredentialException cause) {
		return new FailureAnalysis("The " + cause.credential() + " of the ZITADEL service user in " + cause.location()
				+ " cannot be used: " + cause.found() + ".", cause.action(), cause);
	}

}
