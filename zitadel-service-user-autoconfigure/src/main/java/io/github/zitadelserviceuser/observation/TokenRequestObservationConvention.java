// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observation of a token request and its key values. A bean of this type takes
 * the place of the default, whose names the reference documentation lists.
 *
 * @since 0.1.0
 */
public interface TokenRequestObservationConvention extends ObservationConvention<TokenRequestObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof TokenRequestObservationContext;
	}

}
