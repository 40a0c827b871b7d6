// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A handshake chooses an alias, and then takes its key and its certificates.
 */
class ReloadableKeyManagerTests {

	private static final String[] TYPES = { "EC" };

	private final ReloadableKeyManager manager = new ReloadableKeyManager(new Keys("first"));

	@Test
	void replaceWhenHandshakeIsUnderWayThenKeyAndCertificatesAreThoseThatItChose() {
		String alias = this.manager.chooseEngineClientAlias(TYPES, null, null);
		assertThat(alias).isNotNull();
		assertThat(key(alias)).isEqualTo("first");
		this.manager.replace(new Keys("second"));
		assertThat(key(alias)).isEqualTo("first");
		assertThat(this.manager.getCertificateChain(alias)).hasSize("first".length());
		String next = this.manager.chooseClientAlias(TYPES, null, null);
		assertThat(next).isNotNull();
		assertThat(key(next)).isEqualTo("second");
		assertThat(this.manager.getCertificateChain(next)).hasSize("second".length());
	}

	@Test
	void replaceWhenDoneTwiceThenThoseBeforeAreGone() {
		String alias = this.manager.chooseEngineClientAlias(TYPES, null, null);
		assertThat(alias).isNotNull();
		this.manager.replace(new Keys("second"));
		this.manager.replace(new Keys("third"));
		assertThat(this.manager.getPrivateKey(alias)).isNull();
		assertThat(this.manager.getCertificateChain(alias)).isNull();
	}

	@Test
	void chooseWhenThereIsNoKeyThenChoosesNone() {
		this.manager.replace(new Keys(null));
		assertThat(this.manager.chooseEngineClientAlias(TYPES, null, null)).isNull();
		assertThat(this.manager.chooseClientAlias(TYPES, null, null)).isNull();
		assertThat(this.manager.getClientAliases("EC", null)).isNull();
		this.manager.replace(new Keys("there"));
		assertThat(this.manager.getClientAliases("EC", null)).singleElement()
			.satisfies((alias) -> assertThat(key(alias)).isEqualTo("there"));
	}

	private String key(String alias) {
		PrivateKey key = this.manager.getPrivateKey(alias);
		assertThat(key).isNotNull();
		return key.getAlgorithm();
	}

	/**
	 * One key, that of the alias {@code a:b}: where an alias ends is not known.
	 */
	private static final class Keys extends X509ExtendedKeyManager {

		private final @Nullable String name;

		private Keys(@Nullable String name) {
			this.name = name;
		}

		@Override
		public @Nullable String chooseEngineClientAlias(String[] keyType, Principal @Nullable [] issuers,
				@Nullable SSLEngine engine) {
			return (this.name != null) ? "a:b" : null;
		}

		@Override
		public @Nullable String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers,
				@Nullable Socket socket) {
			return (this.name != null) ? "a:b" : null;
		}

		@Override
		public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
			return (this.name != null) ? new String[] { "a:b" } : null;
		}

		@Override
		public X509Certificate @Nullable [] getCertificateChain(String alias) {
			return (this.name != null && alias.equals("a:b")) ? new X509Certificate[this.name.length()] : null;
		}

		@Override
		public @Nullable PrivateKey getPrivateKey(String alias) {
			return (this.name != null && alias.equals("a:b")) ? new Key(this.name) : null;
		}

		@Override
		public String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
			throw new UnsupportedOperationException();
		}

		@Override
		public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
			throw new UnsupportedOperationException();
		}

	}

	private record Key(String algorithm) implements PrivateKey {

		@Override
		public String getAlgorithm() {
			return this.algorithm;
		}

		@Override
		public String getFormat() {
			return "none";
		}

		@Override
		public byte[] getEncoded() {
			return new byte[0];
		}

	}

}
