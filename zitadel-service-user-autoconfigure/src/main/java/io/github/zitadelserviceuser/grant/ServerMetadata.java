/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
