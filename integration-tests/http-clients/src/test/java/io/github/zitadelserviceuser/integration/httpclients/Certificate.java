// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A certificate that nobody has signed, and its key.
 *
 * @param file a key store
 */
record Certificate(Path file) {

	static final String PASSWORD = "changeit";

	/**
	 * A name that no resolver knows.
	 */
	static final String HOST = "zitadel.invalid";

	/**
	 * Make a certificate for {@code localhost} and the host that nobody knows.
	 */
	static Certificate create(Path file, String name) throws Exception {
		Process keytool = new ProcessBuilder(List.of(
				Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", name,
				"-keyalg", "EC", "-dname", "CN=" + name, "-ext", "SAN=dns:localhost,dns:" + Certificate.HOST,
				"-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD))
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(keytool.waitFor()).as(output).isZero();
		return new Certificate(file);
	}

	KeyStore store() throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream input = Files.newInputStream(this.file)) {
			store.load(input, PASSWORD.toCharArray());
		}
		return store;
	}

	/**
	 * The certificates alone, of this and others: a store with keys trusts none of
	 * theirs.
	 */
	static KeyStore trusting(Certificate... certificates) throws Exception {
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		for (Certificate certificate : certificates) {
			KeyStore store = certificate.store();
			String alias = store.aliases().nextElement();
			trusted.setCertificateEntry(alias, store.getCertificate(alias));
		}
		return trusted;
	}

	/**
	 * The TLS of a server with this certificate.
	 */
	SSLContext serverTrusting(Certificate... clients) throws Exception {
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store(), PASSWORD.toCharArray());
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusting(clients));
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
		return context;
	}

	String pem() throws Exception {
		KeyStore store = store();
		return pem("CERTIFICATE", store.getCertificate(store.aliases().nextElement()).getEncoded());
	}

	String keyPem() throws Exception {
		KeyStore store = store();
		Key key = store.getKey(store.aliases().nextElement(), PASSWORD.toCharArray());
		return pem("PRIVATE KEY", key.getEncoded());
	}

	private static String pem(String type, byte[] encoded) {
		return "-----BEGIN " + type + "-----\n"
				+ Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(encoded)
				+ "\n-----END " + type + "-----\n";
	}

	/**
	 * Make several at once, since each takes long.
	 */
	static List<Certificate> createAll(Path directory, String... names) {
		return Arrays.stream(names).parallel().map((name) -> {
			try {
				return create(directory.resolve(name + ".p12"), name);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}).toList();
	}

}
