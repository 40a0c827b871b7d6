// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.context.annotation.Configuration;

/**
 * Switches OpenFeign on.
 */
@Configuration(proxyBeanMethods = false)
@EnableFeignClients(clients = OrdersFeign.class)
class FeignConfiguration {

}
