// SPDX-License-Identifier: Apache-2.0

/**
 * Lets a Spring application call out as a ZITADEL service user.
 */
@NullMarked
package io.github.zitadelserviceuser;

import org.jspecify.annotations.NullMarked;
