// SPDX-License-Identifier: Apache-2.0

/**
 * The client libraries, for what differs between them.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.library;

import org.jspecify.annotations.NullMarked;
