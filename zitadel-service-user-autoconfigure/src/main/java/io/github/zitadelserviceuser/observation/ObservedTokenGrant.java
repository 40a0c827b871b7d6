// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Observes each exchange of a grant. The HTTP requests that the grant makes become
 * children of that observation where their client has the same registry. A broken handler
 * or convention costs the observation and never the token.
 *
 * @since 0.1.0
 */
public final class ObservedTokenGrant implements TokenGrant {

	private final String serviceUser;

	private final Set<String> failures = ConcurrentHashMap.newKeySet();

	private final TokenGrant delegate;

	private final ObservationRegistry registry;

	private final @Nullable TokenRequestObservationConvention convention;

	/**
	 * Create a new grant.
	 * @param serviceUser the name of the service user
	 * @param delegate the grant to observe
	 * @param registry where observations go
	 * @param convention names the observation, or {@code null} for the default
	 */
	public ObservedTokenGrant(String serviceUser, TokenGrant delegate, ObservationRegistry registry,
			@Nullable TokenRequestObservationConvention convention) {
		this.serviceUser = serviceUser;
		this.delegate = delegate;
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public TokenResponse request() {
		return observe(this.delegate::request);
	}

	@Override
	public TokenResponse replace(AccessToken rejected) {
		return observe(() -> this.delegate.replace(rejected));
	}

	private TokenResponse observe(Supplier<TokenResponse> request) {
		TokenRequestObservationContext context = new TokenRequestObservationContext(this.serviceUser);
		HarmlessObservation observation = new HarmlessObservation(() -> Observation.createNotStarted(this.convention,
				DefaultTokenRequestObservationConvention.INSTANCE, () -> context, this.registry), this.failures);
		observation.start();
		try {
			TokenResponse response = observation.within(request);
			context.succeeded();
			return response;
		}
		catch (Throwable ex) {
			observation.error(ex);
			throw ex;
		}
		finally {
			observation.stop();
		}
	}

}
