// SPDX-License-Identifier: Apache-2.0

/**
 * The ways of calling out, as an application writes them.
 */
@NullMarked
package io.github.zitadelserviceuser.integration.ways;

import org.jspecify.annotations.NullMarked;
