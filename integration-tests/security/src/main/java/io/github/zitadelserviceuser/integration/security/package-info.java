// SPDX-License-Identifier: Apache-2.0

/**
 * An MVC application that has a login of its own, for people, and the starter.
 */
@NullMarked
package io.github.zitadelserviceuser.integration.security;

import org.jspecify.annotations.NullMarked;
