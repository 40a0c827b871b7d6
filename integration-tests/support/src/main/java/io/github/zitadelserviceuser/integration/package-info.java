// SPDX-License-Identifier: Apache-2.0

/**
 * What the tests of applications of every kind have in common.
 */
@NullMarked
package io.github.zitadelserviceuser.integration;

import org.jspecify.annotations.NullMarked;
