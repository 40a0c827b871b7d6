// SPDX-License-Identifier: Apache-2.0

/**
 * An application that calls ZITADEL as a service user.
 */
@NullMarked
package io.github.zitadelserviceuser.sample;

import org.jspecify.annotations.NullMarked;
