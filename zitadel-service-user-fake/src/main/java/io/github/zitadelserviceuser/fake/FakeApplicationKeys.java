// SPDX-License-Identifier: Apache-2.0

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
		return new KeyFile(keyId, Json.write(fields), instance.files());
	}

}
