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

package io.github.zitadelserviceuser.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * The connection that the properties describe. Each is asked for when it is needed: an
 * application that brings a token source of its own needs no key.
 */
final class PropertiesZitadelServiceUserConnectionDetails implements ZitadelServiceUserConnectionDetails {

	private final ZitadelServiceUserProperties properties;

	PropertiesZitadelServiceUserConnectionDetails(ZitadelServiceUserProperties properties) {
		this.properties = properties;
	}

	@Override
	public String getIssuerUri() {
		return this.properties.requiredIssuerUri();
	}

	@Override
	public String getKeyLocation() {
		return this.properties.requiredKeyLocation();
	}

	@Override
	public @Nullable String getBaseUrl() {
		return this.properties.baseUrl();
	}

}
