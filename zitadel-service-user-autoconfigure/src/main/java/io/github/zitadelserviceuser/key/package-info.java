// SPDX-License-Identifier: Apache-2.0

/**
 * Who the service user is: reading its key and refusing what cannot be one.
 */
@NullMarked
package io.github.zitadelserviceuser.key;

import org.jspecify.annotations.NullMarked;
