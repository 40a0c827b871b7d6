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
