// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Arrays;
import java.util.Objects;

import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;

/**
 * A bundle whose certificates can be replaced under the clients that were made with it:
 * whichever the library, a handshake asks what it was given then for trust and key. No
 * client is made anew, and so none has to be closed while calls are under way; an open
 * connection stays.
 */
final class ReloadableSslBundle implements SslBundle {

	private static final Log logger = LogFactory.getLog(ReloadableSslBundle.class);

	private final String name;

	private final SslBundles bundles;

	private @Nullable Managers managers;

	/**
	 * Create a new bundle. Stores are read when the first client is made.
	 * @param name the name of the bundle
	 * @param bundles where it is registered
	 */
	ReloadableSslBundle(String name, SslBundles bundles) {
		this.name = name;
		this.bundles = bundles;
	}

	/**
	 * Use other certificates from the next handshake on, or keep those in use if they
	 * cannot be used.
	 * @param updated the bundle with the others
	 */
	synchronized void replace(SslBundle updated) {
		try {
			if (this.managers != null) {
				this.managers.replace(updated.getManagers());
			}
			logger.info("The SSL bundle '" + this.name
					+ "' was reloaded: new connections of service users use its certificates");
		}
		catch (RuntimeException ex) {
			logger.warn("The SSL bundle '" + this.name
					+ "' was reloaded and cannot be used, so that service users keep the certificates before. " + ex);
		}
	}

	@Override
	public synchronized SslManagerBundle getManagers() {
		Managers made = this.managers;
		if (made == null) {
			made = Managers.of(current().getManagers());
			this.managers = made;
		}
		return made.bundle;
	}

	@Override
	public SslStoreBundle getStores() {
		return current().getStores();
	}

	@Override
	public SslBundleKey getKey() {
		return current().getKey();
	}

	@Override
	public SslOptions getOptions() {
		return current().getOptions();
	}

	@Override
	public String getProtocol() {
		return current().getProtocol();
	}

	private SslBundle current() {
		return this.bundles.getBundle(this.name);
	}

	@Override
	public String toString() {
		return "ReloadableSslBundle[" + this.name + "]";
	}

	/**
	 * Those that clients are made with, which stay the same.
	 */
	private record Managers(SslManagerBundle bundle, @Nullable ReloadableKeyManager keys,
			@Nullable ReloadableTrustManager trust) {

		/**
		 * Managers that are not of the extended kind are left alone: the JDK makes checks
		 * in their place, that of the host's name for one, by which it knows them.
		 * @param original the managers as they are
		 * @return managers that can be replaced, if those are of that kind
		 */
		private static Managers of(SslManagerBundle original) {
			X509ExtendedKeyManager keys = keys(original);
			X509ExtendedTrustManager trust = trust(original);
			if (keys == null || trust == null) {
				return new Managers(original, null, null);
			}
			ReloadableKeyManager reloadableKeys = new ReloadableKeyManager(keys);
			ReloadableTrustManager reloadableTrust = new ReloadableTrustManager(trust);
			return new Managers(
					SslManagerBundle.of(reloadableKeys.factory(original.getKeyManagerFactory()),
							SslManagerBundle.from(reloadableTrust).getTrustManagerFactory()),
					reloadableKeys, reloadableTrust);
		}

		private void replace(SslManagerBundle updated) {
			X509ExtendedKeyManager keys = keys(updated);
			X509ExtendedTrustManager trust = trust(updated);
			if (this.keys == null || this.trust == null || keys == null || trust == null) {
				throw new IllegalStateException("Its managers are not of the JDK's extended kind: restart instead");
			}
			this.keys.replace(keys);
			this.trust.replace(trust);
		}

		private static @Nullable X509ExtendedKeyManager keys(SslManagerBundle bundle) {
			KeyManager[] all = Objects.requireNonNullElse(bundle.getKeyManagers(), new KeyManager[0]);
			return first(X509ExtendedKeyManager.class, all);
		}

		private static @Nullable X509ExtendedTrustManager trust(SslManagerBundle bundle) {
			TrustManager[] all = Objects.requireNonNullElse(bundle.getTrustManagers(), new TrustManager[0]);
			return first(X509ExtendedTrustManager.class, all);
		}

		private static <T> @Nullable T first(Class<T> type, Object[] all) {
			return Arrays.stream(all).filter(type::isInstance).map(type::cast).findFirst().orElse(null);
		}

	}

}
