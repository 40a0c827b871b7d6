// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * The connection that the properties describe. Each is asked for when it is needed: an
 * application that brings a token source of its own needs no key.
 *
 * @since 0.1.0
 */
public final class PropertiesZitadelServiceUserConnectionDetails implements ZitadelServiceUserConnectionDetails {

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
