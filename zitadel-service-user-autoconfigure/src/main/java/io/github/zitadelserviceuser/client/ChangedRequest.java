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

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * A request of a caller, with another URI, method or headers. The caller's stays as it
 * is: who sends it again, perhaps to another host, must find it without a token.
 */
final class ChangedRequest extends HttpRequestWrapper {

	private final URI uri;

	private final HttpMethod method;

	private final HttpHeaders headers;

	ChangedRequest(HttpRequest request, URI uri, HttpMethod method, HttpHeaders headers) {
		super(request);
		this.uri = uri;
		this.method = method;
		this.headers = headers;
	}

	@Override
	public URI getURI() {
		return this.uri;
	}

	@Override
	public HttpMethod getMethod() {
		return this.method;
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

}
