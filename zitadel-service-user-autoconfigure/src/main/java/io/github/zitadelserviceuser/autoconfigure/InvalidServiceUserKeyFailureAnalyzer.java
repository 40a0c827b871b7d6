// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a key that cannot be used, without showing any of it.
 */
final class InvalidServiceUserKeyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidServiceUserKeyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidServiceUserKeyException cause) {
		return new FailureAnalysis("The key of the ZITADEL service user in " + cause.location() + " cannot be used: "
				+ cause.found() + ".", cause.action(), cause);
	}

}
