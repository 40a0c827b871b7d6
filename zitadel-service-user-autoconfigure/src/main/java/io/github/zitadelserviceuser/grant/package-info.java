// SPDX-License-Identifier: Apache-2.0

/**
 * How we ask: a grant for each kind of credential, as ZITADEL speaks it. Discovery, what
 * is sent, the token request, and what each answer means.
 *
 * @see <a href=
 * "https://zitadel.com/docs/guides/integrate/service-users/authenticate-service-users">Service
 * users in ZITADEL's documentation</a>
 */
@NullMarked
package io.github.zitadelserviceuser.grant;

import org.jspecify.annotations.NullMarked;
