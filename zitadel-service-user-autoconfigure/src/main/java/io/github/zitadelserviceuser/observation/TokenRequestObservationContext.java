// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.observation;

import io.github.zitadelserviceuser.token.TokenRequestException;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one token request while it is observed. It holds no secret.
 *
 * @since 0.1.0
 */
public final class TokenRequestObservationContext extends Observation.Context {

	private final String serviceUser;

	private volatile boolean succeeded;

	/**
	 * Create a new context.
	 * @param serviceUser the name of the service user
	 */
	public TokenRequestObservationContext(String serviceUser) {
		this.serviceUser = serviceUser;
	}

	/**
	 * Return for which service user the token is requested.
	 * @return its name, {@code default} for the one that needs none
	 */
	public String getServiceUser() {
		return this.serviceUser;
	}

	/**
	 * Return whether the request brought a token.
	 * @return {@code false} while it is under way and after it failed
	 */
	public boolean isSucceeded() {
		return this.succeeded;
	}

	/**
	 * Say that the request brought a token.
	 */
	void succeeded() {
		this.succeeded = true;
	}

	/**
	 * Return why the request failed.
	 * @return the failure, or {@code null} if there is none or it is of another kind, for
	 * which see {@link #getError()}
	 */
	public @Nullable TokenRequestException getFailure() {
		return (getError() instanceof TokenRequestException failure) ? failure : null;
	}

}
