// SPDX-License-Identifier: Apache-2.0

/**
 * What callers notice when a token ends.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.life;

import org.jspecify.annotations.NullMarked;
