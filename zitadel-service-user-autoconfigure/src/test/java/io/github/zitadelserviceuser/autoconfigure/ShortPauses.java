// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Duration;

import io.github.zitadelserviceuser.token.RefreshPolicy;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Has a token request that fails made once more soon, and as often as it takes.
 */
@Configuration(proxyBeanMethods = false)
class ShortPauses {

	@Bean
	RefreshPolicy refreshPolicy() {
		RefreshPolicy defaults = RefreshPolicy.defaults();
		return new RefreshPolicy(defaults.refreshAt(), defaults.refreshJitter(), defaults.expiryMargin(),
				Duration.ofMillis(50), defaults.longestPause(), defaults.longestColdPause(), Duration.ofMinutes(5),
				defaults.shortestHold(), defaults.keepWarm());
	}

}
