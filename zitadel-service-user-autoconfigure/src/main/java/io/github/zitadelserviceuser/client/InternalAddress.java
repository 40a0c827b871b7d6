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

package io.github.zitadelserviceuser.client;

import java.net.URI;

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
