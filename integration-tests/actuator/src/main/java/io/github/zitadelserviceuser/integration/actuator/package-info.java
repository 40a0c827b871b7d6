// SPDX-License-Identifier: Apache-2.0

/**
 * An MVC application with the actuator and the starter.
 */
@NullMarked
package io.github.zitadelserviceuser.integration.actuator;

import org.jspecify.annotations.NullMarked;
