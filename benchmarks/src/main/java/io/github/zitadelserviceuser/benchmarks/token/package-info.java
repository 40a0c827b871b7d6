// SPDX-License-Identifier: Apache-2.0

/**
 * What it costs to ask for a token that is at hand.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.token;

import org.jspecify.annotations.NullMarked;
