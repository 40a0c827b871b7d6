// SPDX-License-Identifier: Apache-2.0

/**
 * Measurements beside the alternatives.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks;

import org.jspecify.annotations.NullMarked;
