// SPDX-License-Identifier: Apache-2.0

/**
 * Where the results go: the pages of the documentation.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.report;

import org.jspecify.annotations.NullMarked;
