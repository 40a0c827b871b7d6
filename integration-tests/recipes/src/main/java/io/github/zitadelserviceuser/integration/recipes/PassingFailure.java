// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.lang.reflect.Method;

import io.github.zitadelserviceuser.token.TokenRequestException;

import org.springframework.resilience.retry.MethodRetryPredicate;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * Whether a call that can be repeated without harm is worth it.
 */
class PassingFailure implements MethodRetryPredicate {

	@Override
	public boolean shouldRetry(Method method, Throwable failure) {
		return isPassing(failure);
	}

	static boolean isPassing(Throwable failure) {
		if (failure instanceof TokenRequestException noToken) {
			return switch (noToken.getReason()) {
				case UNREACHABLE, UNAVAILABLE, SERVER_ERROR, KEY_NOT_KNOWN_YET, TIMEOUT -> true;
				case REFUSED, INVALID_RESPONSE, WRONG_SERVER, INVALID_KEY, CANCELLED, UNEXPECTED -> false;
			};
		}
		return failure instanceof ResourceAccessException || failure instanceof WebClientRequestException
				|| failure instanceof HttpServerErrorException.ServiceUnavailable
				|| failure instanceof WebClientResponseException.ServiceUnavailable;
	}

}
