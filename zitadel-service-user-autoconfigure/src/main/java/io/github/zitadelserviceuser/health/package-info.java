// SPDX-License-Identifier: Apache-2.0

/**
 * How operations sees us: whether the service user can call out. This room watches and
 * causes no token request.
 */
@NullMarked
package io.github.zitadelserviceuser.health;

import org.jspecify.annotations.NullMarked;
