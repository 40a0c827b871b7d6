// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.user.NoSuchServiceUserException;
import io.github.zitadelserviceuser.user.ServiceUserClient;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a service user that is asked for and that there is not.
 */
final class NoSuchServiceUserFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchServiceUserException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NoSuchServiceUserException cause) {
		String name = cause.getName();
		boolean unnamed = name.equals(ServiceUserClient.DEFAULT_NAME);
		return new FailureAnalysis(
				(unnamed ? "A service user without a name is asked for, and all that there are have one: "
						: "There is no ZITADEL service user '" + name + "'. There are: ") + cause.getNames() + ".",
				(unnamed ? "Say which one is meant, such as @ServiceUser(\"NAME\"), or give '"
						: "Correct the name, or describe that user: give '") + ServiceUserClient.propertyPrefix(name)
						+ "' a credential, such as '" + ServiceUserClient.propertyPrefix(name) + ".key-location'.",
				cause);
	}

}
