// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Lets the certificates of our connections be replaced without a restart: those of a
 * bundle of Spring Boot's that is reloaded when its files change, or updated by other
 * means.
 *
 * @since 0.1.0
 */
public final class ReloadableSslBundles {

	private final @Nullable SslBundles bundles;

	private final Map<String, ReloadableSslBundle> reloadable = new ConcurrentHashMap<>();

	ReloadableSslBundles(@Nullable SslBundles bundles) {
		this.bundles = bundles;
	}

	/**
	 * Return settings with which clients follow the bundle in them.
	 * @param settings the settings as they are
	 * @return the same, or with a bundle that stands for the one of that name; one that
	 * is not registered cannot be updated
	 */
	@SuppressWarnings("ReferenceEquality") // the registered one, and none that is equal
	public HttpClientSettings in(HttpClientSettings settings) {
		SslBundle bundle = settings.sslBundle();
		if (this.bundles == null || bundle == null) {
			return settings;
		}
		SslBundles registered = this.bundles;
		return registered.getBundleNames()
			.stream()
			.filter((name) -> registered.getBundle(name) == bundle)
			.findFirst()
			.map((name) -> settings
				.withSslBundle(this.reloadable.computeIfAbsent(name, (absent) -> reloadable(registered, absent))))
			.orElse(settings);
	}

	private static ReloadableSslBundle reloadable(SslBundles bundles, String name) {
		ReloadableSslBundle reloadable = new ReloadableSslBundle(name, bundles);
		bundles.addBundleUpdateHandler(name, reloadable::replace);
		return reloadable;
	}

}
