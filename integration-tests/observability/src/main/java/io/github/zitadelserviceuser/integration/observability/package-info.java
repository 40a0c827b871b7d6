// SPDX-License-Identifier: Apache-2.0

/**
 * An MVC application that is watched.
 */
@NullMarked
package io.github.zitadelserviceuser.integration.observability;

import org.jspecify.annotations.NullMarked;
