// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/**
 * The orders, by OpenFeign.
 */
@FeignClient(name = "orders", configuration = OrdersFeignConfiguration.class)
public interface OrdersFeign {

	/**
	 * Look an order up.
	 * @param id its number
	 * @return the order
	 */
	@GetMapping("/orders/{id}")
	Order order(@PathVariable("id") String id);

	/**
	 * Place an order.
	 * @param order the order
	 * @return the order as it is known
	 */
	@PostMapping("/orders")
	Order place(@RequestBody Order order);

}
