// SPDX-License-Identifier: Apache-2.0

/**
 * Real calls, as many as a machine can do.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.loopback;

import org.jspecify.annotations.NullMarked;
