// SPDX-License-Identifier: Apache-2.0

/**
 * How Boot shows the service user to operations: health, metrics, logs, and what the
 * actuator hides.
 */
@NullMarked
package io.github.zitadelserviceuser.autoconfigure.observability;

import org.jspecify.annotations.NullMarked;
