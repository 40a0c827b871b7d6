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
import java.time.Instant;

import io.github.zitadelserviceuser.key.ServiceUserKey;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown of an assertion, for whoever has to find out why it was refused.
 *
 * @param audience the {@code aud} that was sent
 * @param userId the {@code iss} and {@code sub} that were sent
 * @param keyId the {@code kid} that was sent
 * @param keyExpiration when the key expires, if it does
 * @param at the local time at which it was signed
 * @param endpoint where it was sent
 */
record SignedAs(String audience, String userId, String keyId, @Nullable Instant keyExpiration, Instant at,
		URI endpoint) {

	static SignedAs of(ServiceUserKey key, ServerMetadata metadata, Instant now) {
		return new SignedAs(metadata.issuer(), key.userId(), key.keyId(), key.expirationDate(), now,
				metadata.tokenEndpoint());
	}

}
