// SPDX-License-Identifier: Apache-2.0

/**
 * Has the WebClient alone: neither Boot's module for the RestClient nor Spring Security.
 */
@NullMarked
package io.github.zitadelserviceuser.integration.webclient;

import org.jspecify.annotations.NullMarked;
