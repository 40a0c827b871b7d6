// SPDX-License-Identifier: Apache-2.0

/**
 * An application that has every HTTP client library on its class path.
 */
@NullMarked
package io.github.zitadelserviceuser.integration.httpclients;

import org.jspecify.annotations.NullMarked;
