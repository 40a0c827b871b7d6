// SPDX-License-Identifier: Apache-2.0

/**
 * How Boot puts it together. This room knows all others, and none of them knows it.
 */
@NullMarked
package io.github.zitadelserviceuser.autoconfigure;

import org.jspecify.annotations.NullMarked;
