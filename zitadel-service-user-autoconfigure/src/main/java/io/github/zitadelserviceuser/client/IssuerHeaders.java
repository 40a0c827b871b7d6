// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.Origin;

import org.springframework.http.HttpHeaders;

/**
 * What a request to the issuer gets beside the token: headers for what stands before it,
 * and at an internal address the one by which it knows which of its instances is meant.
 * They go to these origins and nowhere else, wherever the token may go.
 *
 * @param byOrigin the headers, by the origin that gets them
 * @since 0.1.0
 */
public record IssuerHeaders(Map<Origin, Map<String, String>> byOrigin) {

	/**
	 * Create new headers, of a copy of the map.
	 */
	public IssuerHeaders {
		Map<Origin, Map<String, String>> copy = new HashMap<>();
		byOrigin.forEach((origin, headers) -> copy.put(origin, Map.copyOf(headers)));
		byOrigin = Map.copyOf(copy);
	}

	/**
	 * Return the headers of requests to an origin.
	 * @param origin the origin
	 * @return the values by the names of the headers, none for an origin of others
	 */
	public Map<String, String> of(Origin origin) {
		return this.byOrigin.getOrDefault(origin, Map.of());
	}

	/**
	 * Add the headers to a request, except those that it has.
	 * @param uri the URI that is about to be called, which was checked by
	 * {@link AllowedHosts}
	 * @param headers the headers of the request
	 */
	void apply(URI uri, HttpHeaders headers) {
		of(Origin.of(uri)).forEach((name, value) -> {
			if (!headers.containsHeader(name)) {
				headers.set(name, value);
			}
		});
	}

	/**
	 * Leaves out the values, which may be secrets.
	 */
	@Override
	public String toString() {
		Map<String, Object> names = new TreeMap<>();
		this.byOrigin.forEach((origin, headers) -> names.put(origin.toString(), headers.keySet()));
		return "IssuerHeaders" + names;
	}

}
