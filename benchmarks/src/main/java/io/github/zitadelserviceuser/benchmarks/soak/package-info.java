// SPDX-License-Identifier: Apache-2.0

/**
 * A small fleet under load, with a token endpoint that fails now and then.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
