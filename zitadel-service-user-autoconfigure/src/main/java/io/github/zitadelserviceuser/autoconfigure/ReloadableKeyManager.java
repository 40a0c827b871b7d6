// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.net.Socket;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import org.jspecify.annotations.Nullable;

/**
 * Client certificates that can be replaced while connections are made. An alias tells
 * from which of them it is: a handshake takes key and certificate one after the other,
 * and both must be of the same ones, also where they are replaced in between.
 */
final class ReloadableKeyManager extends X509ExtendedKeyManager {

	private volatile Keys current;

	ReloadableKeyManager(X509ExtendedKeyManager keys) {
		this.current = new Keys(0, keys, null);
	}

	void replace(X509ExtendedKeyManager keys) {
		Keys before = this.current;
		this.current = new Keys(before.number + 1, keys, before.manager);
	}

	KeyManagerFactory factory(KeyManagerFactory like) {
		return new Factory(this, like);
	}

	@Override
	public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers,
			@Nullable Socket socket) {
		Keys keys = this.current;
		return keys.name(keys.manager.chooseClientAlias(keyTypes, issuers, socket));
	}

	@Override
	public @Nullable String chooseEngineClientAlias(String[] keyTypes, Principal @Nullable [] issuers,
			@Nullable SSLEngine engine) {
		Keys keys = this.current;
		return keys.name(keys.manager.chooseEngineClientAlias(keyTypes, issuers, engine));
	}

	@Override
	public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
		Keys keys = this.current;
		String[] aliases = keys.manager.getClientAliases(keyType, issuers);
		return (aliases != null)
				? Arrays.stream(aliases).map((alias) -> keys.number + ":" + alias).toArray(String[]::new) : null;
	}

	@Override
	public X509Certificate @Nullable [] getCertificateChain(String alias) {
		X509ExtendedKeyManager keys = this.current.of(alias);
		return (keys != null) ? keys.getCertificateChain(alias.substring(alias.indexOf(':') + 1)) : null;
	}

	@Override
	public @Nullable PrivateKey getPrivateKey(String alias) {
		X509ExtendedKeyManager keys = this.current.of(alias);
		return (keys != null) ? keys.getPrivateKey(alias.substring(alias.indexOf(':') + 1)) : null;
	}

	@Override
	public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
		return null;
	}

	@Override
	public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
		return null;
	}

	/**
	 * What is in use, and what was before.
	 */
	private record Keys(int number, X509ExtendedKeyManager manager, @Nullable X509ExtendedKeyManager before) {

		private @Nullable String name(@Nullable String alias) {
			return (alias != null) ? this.number + ":" + alias : null;
		}

		private @Nullable X509ExtendedKeyManager of(String alias) {
			if (alias.startsWith(this.number + ":")) {
				return this.manager;
			}
			return alias.startsWith((this.number - 1) + ":") ? this.before : null;
		}

	}

	private static final class Factory extends KeyManagerFactory {

		private Factory(KeyManager manager, KeyManagerFactory like) {
			super(new Spi(manager), like.getProvider(), like.getAlgorithm());
		}

	}

	private static final class Spi extends KeyManagerFactorySpi {

		private final KeyManager manager;

		private Spi(KeyManager manager) {
			this.manager = manager;
		}

		@Override
		protected KeyManager[] engineGetKeyManagers() {
			return new KeyManager[] { this.manager };
		}

		@Override
		protected void engineInit(@Nullable KeyStore keyStore, char @Nullable [] password) {
			// The keys are there already.
		}

		@Override
		protected void engineInit(ManagerFactoryParameters parameters) {
			// The keys are there already.
		}

	}

}
