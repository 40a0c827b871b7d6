// SPDX-License-Identifier: Apache-2.0

/**
 * An MVC application with the starter.
 */
@NullMarked
package io.github.zitadelserviceuser.integration.webmvc;

import org.jspecify.annotations.NullMarked;
