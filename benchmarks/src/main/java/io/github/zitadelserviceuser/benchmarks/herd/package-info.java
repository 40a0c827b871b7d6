// SPDX-License-Identifier: Apache-2.0

/**
 * Many callers at once, and no token.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.herd;

import org.jspecify.annotations.NullMarked;
