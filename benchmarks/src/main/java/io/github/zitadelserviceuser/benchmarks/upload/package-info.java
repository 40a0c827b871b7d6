// SPDX-License-Identifier: Apache-2.0

/**
 * Uploads that are larger than the memory, by each client library.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.upload;

import org.jspecify.annotations.NullMarked;
