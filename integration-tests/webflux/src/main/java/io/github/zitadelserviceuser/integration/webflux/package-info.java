// SPDX-License-Identifier: Apache-2.0

/**
 * A WebFlux application with the starter.
 */
@NullMarked
package io.github.zitadelserviceuser.integration.webflux;

import org.jspecify.annotations.NullMarked;
