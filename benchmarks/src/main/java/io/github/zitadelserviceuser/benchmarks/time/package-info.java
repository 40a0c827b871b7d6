// SPDX-License-Identifier: Apache-2.0

/**
 * Time that passes only when it is told to.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.time;

import org.jspecify.annotations.NullMarked;
