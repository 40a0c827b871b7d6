// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.service;

import java.util.Map;

import io.github.zitadelserviceuser.autoconfigure.ReloadableSslBundles;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.HttpClientProperties;
import org.springframework.boot.http.client.autoconfigure.HttpClientSettingsPropertyMapper;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientProperties;
import org.springframework.boot.ssl.SslBundles;

/**
 * The settings that Spring Boot gives to the client of a group of HTTP services.
 */
final class HttpServiceGroupSettings {

	private final @Nullable HttpServiceClientProperties properties;

	private final HttpClientSettingsPropertyMapper mapper;

	private final ReloadableSslBundles reloadable;

	HttpServiceGroupSettings(ObjectProvider<HttpServiceClientProperties> properties,
			ObjectProvider<SslBundles> sslBundles, ObjectProvider<HttpClientSettings> settings,
			ReloadableSslBundles reloadable) {
		this.properties = properties.getIfAvailable();
		this.mapper = new HttpClientSettingsPropertyMapper(sslBundles.getIfAvailable(), settings.getIfAvailable());
		this.reloadable = reloadable;
	}

	HttpClientSettings of(String group) {
		return this.reloadable.in(this.mapper.map(properties(group)));
	}

	// Up to Boot 4.0.1 the properties are a map by themselves, and the method that is
	// called on later ones is not there.
	private @Nullable HttpClientProperties properties(String group) {
		Object all = this.properties;
		if (all instanceof Map<?, ?> map) {
			return (HttpClientProperties) map.get(group);
		}
		return (this.properties != null) ? this.properties.get(group) : null;
	}

}
