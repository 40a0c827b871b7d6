// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * What the grant needs of the authorization server's metadata.
 *
 * @param issuer the issuer exactly as the server writes it, which is the only audience
 * that it accepts
 * @param tokenEndpoint where token requests go
 * @param userInfoEndpoint the value of {@code userinfo_endpoint}, which no token request
 * needs and which is judged where it is used
 */
record ServerMetadata(String issuer, URI tokenEndpoint, @Nullable String userInfoEndpoint) {
}
