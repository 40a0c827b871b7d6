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

import java.time.Duration;

import io.github.zitadelserviceuser.key.ServiceUserKey;

/**
 * What an assertion is made of, apart from the time. Two that are equal are accepted or
 * refused alike.
 *
 * @param key the key, with the {@code iss}, {@code sub} and {@code kid} that are sent
 * @param metadata the {@code aud} that is sent, and where it is sent
 * @param correction what is added to the clock here
 */
record SignedAs(ServiceUserKey key, ServerMetadata metadata, Duration correction) {
}
