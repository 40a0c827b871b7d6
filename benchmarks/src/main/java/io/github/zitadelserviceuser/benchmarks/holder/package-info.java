// SPDX-License-Identifier: Apache-2.0

/**
 * What holds a token: this library, and what an application would use instead.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.holder;

import org.jspecify.annotations.NullMarked;
