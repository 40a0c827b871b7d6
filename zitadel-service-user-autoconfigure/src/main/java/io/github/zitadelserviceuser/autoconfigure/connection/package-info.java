// SPDX-License-Identifier: Apache-2.0

/**
 * Connections to a ZITADEL that runs in a container.
 */
@NullMarked
package io.github.zitadelserviceuser.autoconfigure.connection;

import org.jspecify.annotations.NullMarked;
