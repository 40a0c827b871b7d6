// SPDX-License-Identifier: Apache-2.0

/**
 * How Boot puts HTTP services together that call out as the service user.
 */
@NullMarked
package io.github.zitadelserviceuser.autoconfigure.service;

import org.jspecify.annotations.NullMarked;
