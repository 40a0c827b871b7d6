// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

/**
 * An order, of which another system knows.
 *
 * @param id its number
 * @param total what it costs
 */
public record Order(String id, int total) {

}
