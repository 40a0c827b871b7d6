// SPDX-License-Identifier: Apache-2.0

/**
 * How we call out: puts the token on requests, and on those only that may have it.
 */
@NullMarked
package io.github.zitadelserviceuser.client;

import org.jspecify.annotations.NullMarked;
