// SPDX-License-Identifier: Apache-2.0

/**
 * What we hold: an access token and its life. This room knows neither Spring nor ZITADEL;
 * it needs nothing but the JDK.
 */
@NullMarked
package io.github.zitadelserviceuser.token;

import org.jspecify.annotations.NullMarked;
