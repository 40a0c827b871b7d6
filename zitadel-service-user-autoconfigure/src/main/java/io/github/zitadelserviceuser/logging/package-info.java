// SPDX-License-Identifier: Apache-2.0

/**
 * What operations reads: one line where something has changed, none per call.
 */
@NullMarked
package io.github.zitadelserviceuser.logging;

import org.jspecify.annotations.NullMarked;
