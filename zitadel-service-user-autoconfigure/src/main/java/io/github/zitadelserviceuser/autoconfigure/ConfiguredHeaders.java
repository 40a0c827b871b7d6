// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Headers by name, as properties have them.
 */
final class ConfiguredHeaders {

	private ConfiguredHeaders() {
	}

	/**
	 * Return which headers are meant. A variable of the environment has no hyphens: where
	 * another property names {@code x-gateway-key}, {@code XGATEWAYKEY} says its value.
	 * @param bound what was bound, if anything
	 * @return the headers, or {@code null} if none was bound
	 */
	static @Nullable Map<String, String> of(@Nullable Map<String, String> bound) {
		if (bound == null) {
			return null;
		}
		Map<String, String> headers = merge(bound, null);
		bound.keySet().forEach((name) -> headers.keySet().removeIf((variable) -> isVariable(variable, name)));
		return headers;
	}

	/**
	 * Add a user's own headers to those of the address that it shares. An empty one
	 * leaves another out. Either may be a variable of the environment that means the
	 * other's name.
	 * @param shared those of the address, if there are any
	 * @param own those of the user, if there are any
	 * @return all of them
	 */
	static Map<String, String> merge(@Nullable Map<String, String> shared, @Nullable Map<String, String> own) {
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.putAll((shared != null) ? shared : Map.of());
		Map<String, String> added = (own != null) ? own : Map.of();
		added.forEach((name, value) -> {
			headers.keySet().removeIf((variable) -> isVariable(variable, name));
			headers.put(headers.keySet().stream().filter((other) -> isVariable(name, other)).findFirst().orElse(name),
					value);
		});
		return headers;
	}

	private static boolean isVariable(String variable, String name) {
		return name.contains("-") && variable.equalsIgnoreCase(name.replace("-", ""));
	}

}
