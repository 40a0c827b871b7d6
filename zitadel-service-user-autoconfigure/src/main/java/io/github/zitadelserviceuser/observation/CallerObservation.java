// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.observation;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Asks for a token within the observation of a reactive caller, so that a request which
 * this causes belongs to the caller's trace. Where a token is at hand, nothing is caused,
 * and the caller does not pay for it. Nothing here blocks, and a broken handler of
 * observations costs the trace alone.
 *
 * @since 0.1.0
 */
public final class CallerObservation {

	private static final Set<String> FAILURES = ConcurrentHashMap.newKeySet();

	private CallerObservation() {
	}

	/**
	 * Get a token.
	 * @param tokenSource where it comes from
	 * @param caller the context of the caller, with its observation if there is one
	 * @return the token, as {@link TokenSource#get()} has it
	 */
	public static CompletableFuture<AccessToken> get(TokenSource tokenSource, ContextView caller) {
		Observation observation = observation(caller);
		return (observation == null || tokenSource.hasToken()) ? tokenSource.get()
				: within(observation, tokenSource::get);
	}

	/**
	 * Get another token than the one that was rejected.
	 * @param tokenSource where it comes from
	 * @param token the token that was rejected
	 * @param caller the context of the caller, with its observation if there is one
	 * @return the token, as {@link TokenSource#reject(AccessToken)} has it
	 */
	public static CompletableFuture<AccessToken> reject(TokenSource tokenSource, AccessToken token,
			ContextView caller) {
		Observation observation = observation(caller);
		return (observation != null) ? within(observation, () -> tokenSource.reject(token)) : tokenSource.reject(token);
	}

	private static @Nullable Observation observation(ContextView caller) {
		return caller.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
	}

	private static CompletableFuture<AccessToken> within(Observation observation,
			Supplier<CompletableFuture<AccessToken>> ask) {
		return new HarmlessObservation(() -> observation, FAILURES).within(ask);
	}

}
