// SPDX-License-Identifier: Apache-2.0

/**
 * The source of tokens under the eyes of jcstress: two threads meet in each of its
 * transitions, millions of times, in every way of compiling them.
 */
@NullMarked
package io.github.zitadelserviceuser.benchmarks.stress;

import org.jspecify.annotations.NullMarked;
