// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.net.HostNotAllowedException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a call that is made while the application starts and is refused, since its
 * target may not have the token.
 */
final class HostNotAllowedFailureAnalyzer extends AbstractFailureAnalyzer<HostNotAllowedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, HostNotAllowedException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"If the target may have the token, allow it in '" + ZitadelServiceUserProperties.PREFIX
						+ ".allowed-hosts' and call it by https. If not, call it with a client that is not "
						+ "authorized, such as one made by a RestClient.Builder or WebClient.Builder.",
				cause);
	}

}
