// SPDX-License-Identifier: Apache-2.0

/**
 * A non-web application with the starter.
 */
@NullMarked
package io.github.zitadelserviceuser.integration.plain;

import org.jspecify.annotations.NullMarked;
