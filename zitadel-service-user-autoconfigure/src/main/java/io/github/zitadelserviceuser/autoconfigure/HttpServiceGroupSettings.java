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
