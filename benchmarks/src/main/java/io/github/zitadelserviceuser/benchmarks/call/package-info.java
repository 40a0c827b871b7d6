// SPDX-License-Identifier: Apache-2.0

/**
 * What a token costs on a whole call of a client.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.call;

import org.jspecify.annotations.NullMarked;
