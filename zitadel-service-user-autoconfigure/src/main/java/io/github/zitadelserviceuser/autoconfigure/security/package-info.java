// SPDX-License-Identifier: Apache-2.0

/**
 * How Boot makes the service user known to Spring Security.
 */
@NullMarked
package io.github.zitadelserviceuser.autoconfigure.security;

import org.jspecify.annotations.NullMarked;
