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

package io.github.zitadelserviceuser.fake;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Key files of applications, which look much like those of service users and can never be
 * used in their place.
 */
final class FakeApplicationKeys {

	private FakeApplicationKeys() {
	}

	static KeyFile create(Instance instance) {
		String keyId = instance.users().nextId();
		String appId = instance.users().nextId();
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("type", "application");
		fields.put("keyId", keyId);
		fields.put("key", Pem.pkcs1(instance.keyPairs().next(2048).getPrivate()));
		fields.put("expirationDate", "9999-12-31T23:59:59Z");
		fields.put("appId", appId);
		fields.put("clientId", instance.users().nextId());
		return new KeyFile(keyId, Json.write(fields), instance.keyFiles());
	}

}
