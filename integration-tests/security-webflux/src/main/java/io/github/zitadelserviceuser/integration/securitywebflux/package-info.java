// SPDX-License-Identifier: Apache-2.0

/**
 * A WebFlux application that has a login of its own, for people, and the starter.
 */
@NullMarked
package io.github.zitadelserviceuser.integration.securitywebflux;

import org.jspecify.annotations.NullMarked;
