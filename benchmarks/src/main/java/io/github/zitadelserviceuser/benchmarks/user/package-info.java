// SPDX-License-Identifier: Apache-2.0

/**
 * What a further service user costs.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.user;

import org.jspecify.annotations.NullMarked;
