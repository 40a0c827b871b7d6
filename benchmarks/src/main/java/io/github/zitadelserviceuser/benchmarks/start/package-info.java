// SPDX-License-Identifier: Apache-2.0

/**
 * What the start of an application costs.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.start;

import org.jspecify.annotations.NullMarked;
