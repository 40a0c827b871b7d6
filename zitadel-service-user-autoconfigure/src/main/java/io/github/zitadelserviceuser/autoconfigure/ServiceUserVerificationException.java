// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.io.Serial;

import io.github.zitadelserviceuser.token.TokenRequestException;

/**
 * Says that the service user could not be verified while the application started.
 */
final class ServiceUserVerificationException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final TokenRequestException failure;

	ServiceUserVerificationException(String step, TokenRequestException failure) {
		super("The ZITADEL service user could not be verified: " + step, failure);
		this.failure = failure;
	}

	TokenRequestException getFailure() {
		return this.failure;
	}

}
