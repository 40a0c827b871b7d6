// SPDX-License-Identifier: Apache-2.0

/**
 * Has the RestClient alone: neither WebFlux nor Spring Security.
 */
@NullMarked
package io.github.zitadelserviceuser.integration.restclient;

import org.jspecify.annotations.NullMarked;
