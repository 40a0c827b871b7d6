// SPDX-License-Identifier: Apache-2.0

/**
 * A page that shows the life of the token as it happens.
 */
@NullMarked
package io.github.zitadelserviceuser.sample.page;

import org.jspecify.annotations.NullMarked;
