// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON in and out, without any mapping to types.
 */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {
	};

	private Json() {
	}

	static String write(Object value) {
		return MAPPER.writeValueAsString(value);
	}

	/**
	 * Reads a JSON object.
	 * @param json the text
	 * @return the object, or {@code null} when the text is anything else
	 */
	static @Nullable Map<String, Object> readObject(byte[] json) {
		try {
			return MAPPER.readValue(json, OBJECT);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/**
	 * Customizes nothing.
	 * @param object the object to leave as it is
	 */
	static void unchanged(Map<String, Object> object) {
	}

}
