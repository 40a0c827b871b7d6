// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;

/**
 * Switches {@code @Retryable} on.
 */
@Configuration(proxyBeanMethods = false)
@EnableResilientMethods
class RetryConfiguration {

}
