// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.lang.ref.WeakReference;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class ReloadableSslBundlesTests {

	private final DefaultSslBundleRegistry registry = new DefaultSslBundleRegistry("test", bundle(new Trust("first")));

	private final ReloadableSslBundles bundles = new ReloadableSslBundles(this.registry);

	@Test
	void inWhenBundleIsUpdatedThenManagersFollow() {
		X509TrustManager trust = trust();
		assertAsked(trust, "first");
		this.registry.updateBundle("test", bundle(new Trust("second")));
		assertAsked(trust, "second");
		assertThat(trust()).isSameAs(trust);
	}

	@Test
	void inWhenBundleIsUpdatedBeforeItIsUsedThenLatestIsUsed() {
		HttpClientSettings settings = settings();
		this.registry.updateBundle("test", bundle(new Trust("second")));
		assertAsked(trust(settings), "second");
	}

	@Test
	void inWhenBundleIsNotRegisteredThenIsLeftAlone() {
		HttpClientSettings none = HttpClientSettings.defaults();
		HttpClientSettings own = none.withSslBundle(bundle(new Trust("own")));
		assertThat(this.bundles.in(none)).isSameAs(none);
		assertThat(this.bundles.in(own)).isSameAs(own);
		assertThat(new ReloadableSslBundles(null).in(own)).isSameAs(own);
	}

	@Test
	void inWhenSettingsDifferThenBundleIsTheSame() {
		SslBundle registered = this.registry.getBundle("test");
		HttpClientSettings other = HttpClientSettings.ofSslBundle(registered);
		assertThat(this.bundles.in(other).sslBundle()).isSameAs(settings().sslBundle()).isNotSameAs(registered);
	}

	@Test
	void replaceWhenUpdateCannotBeUsedThenKeepsTheOneBeforeUntilAnotherCan(CapturedOutput output) {
		X509TrustManager trust = trust();
		this.registry.updateBundle("test", unusable());
		assertAsked(trust, "first");
		assertThat(output)
			.containsOnlyOnce("The SSL bundle 'test' was reloaded and cannot be used, so that service "
					+ "users keep the certificates before. java.lang.IllegalStateException: Could not load")
			.doesNotContain("new connections of service users");
		this.registry.updateBundle("test", bundle(new Trust("second")));
		assertAsked(trust, "second");
		assertThat(output)
			.contains("The SSL bundle 'test' was reloaded: new connections of service users use its certificates");
	}

	/**
	 * Behind another one it would no longer be checked for which host a certificate is.
	 */
	@Test
	void inWhenTrustManagerLeavesChecksToTheJdkThenIsNotWrapped(CapturedOutput output) {
		Plain plain = new Plain();
		this.registry.registerBundle("plain", bundle(plain));
		SslBundle registered = this.registry.getBundle("plain");
		SslBundle bundle = this.bundles.in(HttpClientSettings.ofSslBundle(registered)).sslBundle();
		assertThat(bundle).isNotNull();
		assertThat(bundle.getManagers().getTrustManagers()).containsExactly(plain);
		this.registry.updateBundle("plain", bundle(new Plain()));
		assertThat(bundle.getManagers().getTrustManagers()).containsExactly(plain);
		assertThat(output).contains("Its managers are not of the JDK's extended kind: restart instead");
	}

	@Test
	void replaceWhenDoneAHundredTimesThenNothingOfEarlierOnesIsHeld() {
		X509TrustManager trust = trust();
		List<WeakReference<Trust>> replaced = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			Trust next = new Trust("number " + i);
			replaced.add(new WeakReference<>(next));
			this.registry.updateBundle("test", bundle(next));
		}
		assertAsked(trust, "number 99");
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(replaced).filteredOn((reference) -> reference.get() != null).hasSizeLessThan(3);
		});
		assertAsked(trust, "number 99");
	}

	private HttpClientSettings settings() {
		return this.bundles.in(HttpClientSettings.defaults().withSslBundle(this.registry.getBundle("test")));
	}

	private X509TrustManager trust() {
		return trust(settings());
	}

	private static X509TrustManager trust(HttpClientSettings settings) {
		SslBundle bundle = settings.sslBundle();
		assertThat(bundle).isNotNull();
		return (X509TrustManager) bundle.getManagers().getTrustManagers()[0];
	}

	private static void assertAsked(X509TrustManager trust, String name) {
		assertThatExceptionOfType(CertificateException.class)
			.isThrownBy(() -> trust.checkServerTrusted(new X509Certificate[0], "RSA"))
			.withMessage(name);
	}

	private static SslBundle bundle(TrustManager trust) {
		return bundle(SslManagerBundle.from(trust));
	}

	private static SslBundle bundle(SslManagerBundle managers) {
		return SslBundle.of(SslStoreBundle.NONE, SslBundleKey.NONE, SslOptions.NONE, SslBundle.DEFAULT_PROTOCOL,
				managers);
	}

	private static SslBundle unusable() {
		return new SslBundle() {

			@Override
			public SslStoreBundle getStores() {
				return SslStoreBundle.NONE;
			}

			@Override
			public SslBundleKey getKey() {
				return SslBundleKey.NONE;
			}

			@Override
			public SslOptions getOptions() {
				return SslOptions.NONE;
			}

			@Override
			public String getProtocol() {
				return DEFAULT_PROTOCOL;
			}

			@Override
			public SslManagerBundle getManagers() {
				throw new IllegalStateException("Could not load");
			}

		};
	}

	/**
	 * Trusts nobody, and says who was asked.
	 */
	private static final class Trust extends X509ExtendedTrustManager {

		private final String name;

		private Trust(String name) {
			this.name = name;
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
			throw new CertificateException(this.name);
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
				throws CertificateException {
			throw new CertificateException(this.name);
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
				throws CertificateException {
			throw new CertificateException(this.name);
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
			throw new UnsupportedOperationException();
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

	private static final class Plain implements X509TrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
			// Whoever it is: the JDK looks at the name of the host.
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
