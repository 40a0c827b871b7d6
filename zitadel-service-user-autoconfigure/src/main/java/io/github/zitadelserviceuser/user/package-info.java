// SPDX-License-Identifier: Apache-2.0

/**
 * How one service user is put together, and how many are kept apart: from a credential to
 * the clients that call out with it. What several of them share is made once.
 */
@NullMarked
package io.github.zitadelserviceuser.user;

import org.jspecify.annotations.NullMarked;
