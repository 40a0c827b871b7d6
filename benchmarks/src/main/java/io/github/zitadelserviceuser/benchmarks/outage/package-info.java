// SPDX-License-Identifier: Apache-2.0

/**
 * What callers notice of a token endpoint that is down.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.outage;

import org.jspecify.annotations.NullMarked;
