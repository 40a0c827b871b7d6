// SPDX-License-Identifier: Apache-2.0

/**
 * How we ask: the JWT-bearer grant of RFC 7523 as ZITADEL speaks it. Discovery, the
 * assertion, the token request, and what each answer means.
 *
 * @see <a href=
 * "https://zitadel.com/docs/guides/integrate/service-users/private-key-jwt">Private key
 * JWT in ZITADEL's documentation</a>
 */
@NullMarked
package io.github.zitadelserviceuser.grant;

import org.jspecify.annotations.NullMarked;
