// SPDX-License-Identifier: Apache-2.0

/**
 * The code of the recipes in the documentation.
 */
@NullMarked
package io.github.zitadelserviceuser.integration.recipes;

import org.jspecify.annotations.NullMarked;
