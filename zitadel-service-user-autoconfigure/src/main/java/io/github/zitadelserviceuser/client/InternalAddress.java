// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.Origin;

import org.springframework.http.HttpHeaders;

/**
 * An internal address of the issuer, where it knows by a header only which of its
 * instances is meant.
 *
 * @param origin the internal address
 * @param headerName the name of the header
 * @param headerValue the value of the header
 * @since 0.1.0
 */
public record InternalAddress(Origin origin, String headerName, String headerValue) {

	/**
	 * Add the header to a request to that address, unless it has one.
	 * @param uri the URI that is about to be called, which was checked by
	 * {@link AllowedHosts}
	 * @param headers the headers of the request
	 */
	void apply(URI uri, HttpHeaders headers) {
		if (!headers.containsHeader(this.headerName) && Origin.of(uri).equals(this.origin)) {
			headers.set(this.headerName, this.headerValue);
		}
	}

}
