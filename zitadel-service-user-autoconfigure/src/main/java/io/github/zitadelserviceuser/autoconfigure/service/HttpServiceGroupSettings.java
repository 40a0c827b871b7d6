// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.service;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.autoconfigure.HttpClientProperties;
import org.springframework.boot.http.client.autoconfigure.HttpClientSettingsPropertyMapper;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientProperties;
import org.springframework.boot.ssl.SslBundles;

/**
 * The settings that Spring Boot gives to the client of a group of HTTP services, except
 * that it follows no redirects.
 */
final class HttpServiceGroupSettings {

	private final @Nullable HttpServiceClientProperties properties;

	private final HttpClientSettingsPropertyMapper mapper;

	HttpServiceGroupSettings(ObjectProvider<HttpServiceClientProperties> properties,
			ObjectProvider<SslBundles> sslBundles, ObjectProvider<HttpClientSettings> settings) {
		this.properties = properties.getIfAvailable();
		this.mapper = new HttpClientSettingsPropertyMapper(sslBundles.getIfAvailable(), settings.getIfAvailable());
	}

	HttpClientSettings of(String group) {
		HttpClientProperties ofGroup = (this.properties != null) ? this.properties.get(group) : null;
		return this.mapper.map(ofGroup).withRedirects(HttpRedirects.DONT_FOLLOW);
	}

}
