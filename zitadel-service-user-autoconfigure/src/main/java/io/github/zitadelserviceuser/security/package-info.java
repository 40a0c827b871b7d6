// SPDX-License-Identifier: Apache-2.0

/**
 * How Spring Security sees us: as a way to authorize the clients of a registration.
 */
@NullMarked
package io.github.zitadelserviceuser.security;

import org.jspecify.annotations.NullMarked;
