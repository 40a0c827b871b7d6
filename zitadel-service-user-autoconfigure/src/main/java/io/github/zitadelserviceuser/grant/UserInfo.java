// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import org.jspecify.annotations.Nullable;

/**
 * What ZITADEL tells of the service user itself (OpenID Connect Core 1.0, section 5.1).
 *
 * @param userId the id, {@code sub}
 * @param userName the user name, {@code preferred_username}, which is told with the scope
 * {@code profile} only
 * @since 0.1.0
 */
public record UserInfo(String userId, @Nullable String userName) {

}
