// SPDX-License-Identifier: Apache-2.0

/**
 * What is left of a token request whose answer never comes, or never ends.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.trouble;

import org.jspecify.annotations.NullMarked;
