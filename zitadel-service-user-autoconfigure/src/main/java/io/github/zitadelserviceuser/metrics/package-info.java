// SPDX-License-Identifier: Apache-2.0

/**
 * How operations sees us in numbers, with Micrometer.
 */
@NullMarked
package io.github.zitadelserviceuser.metrics;

import org.jspecify.annotations.NullMarked;
