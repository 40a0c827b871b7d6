// SPDX-License-Identifier: Apache-2.0

/**
 * Many end users, one service user.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.principal;

import org.jspecify.annotations.NullMarked;
