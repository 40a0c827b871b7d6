// SPDX-License-Identifier: Apache-2.0

/**
 * Many instances in virtual time, and what the token endpoint has to bear.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
