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
