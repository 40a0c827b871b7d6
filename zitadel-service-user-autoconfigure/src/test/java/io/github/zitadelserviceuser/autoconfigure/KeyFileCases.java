// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.function.BiConsumer;

import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.key.KeyReader;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Keys that cannot be used, as the failure analysis at start describes them.
 */
final class KeyFileCases implements TroubleshootingCases {

	private static final String PREFIX = ZitadelServiceUserProperties.PREFIX;

	private final Path directory;

	KeyFileCases(Path directory) {
		this.directory = directory;
	}

	@Override
	public void provoke(BiConsumer<String, String> texts) throws Exception {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			FakeServiceUserKey key = zitadel.serviceUser().key();
			locations(key, texts);
			files(key, zitadel.createApplicationKey().json(), texts);
			privateKeys(key, texts);
			texts.accept("user-id missing", pem(null, "1", "key.pem"));
			texts.accept("user-id is a name", pem("order-bot", "1", "key.pem"));
			texts.accept("key-id missing", pem("1", " ", "key.pem"));
			texts.accept("key-id is no id", pem("1", "a b", "key.pem"));
		}
	}

	private void locations(FakeServiceUserKey key, BiConsumer<String, String> texts) {
		texts.accept("location empty", json(" "));
		texts.accept("JSON after base64:", json("base64:" + key.json()));
		texts.accept("damaged base64:", json("base64:" + key.base64() + "*"));
		texts.accept("network address", json("https://example.com/key.json"));
		texts.accept("pasted key", json(key.json()));
		texts.accept("no path", json("key\0.json"));
		texts.accept("directory", json(this.directory.toString()));
		texts.accept("device", json("/dev/null"));
		texts.accept("no file", json("/no/such/key.json"));
		texts.accept("no file, relative", json("no/such/key.json"));
		texts.accept("nothing on the class path", json("classpath:no/such/key.json"));
		texts.accept("not allowed", json("denied:key"));
		texts.accept("I/O error", json("broken:key"));
	}

	private void files(FakeServiceUserKey key, String application, BiConsumer<String, String> texts)
			throws IOException {
		String json = key.json();
		texts.accept("empty file", file(""));
		texts.accept("no JSON", file("type: serviceaccount"));
		texts.accept("HTML", file("<html></html>"));
		texts.accept("array", file("[" + json + "]"));
		texts.accept("cut off", file(json.substring(0, 500)));
		texts.accept("PEM for JSON", file(key.pem()));
		texts.accept("token", file("abcdefghijklmnopqrstuvwxyz"));
		texts.accept("application key", file(application));
		texts.accept("system user's key", file("{\"tls.crt\":\"c\",\"tls.key\":\"k\"}"));
		texts.accept("Kubernetes Secret", file("{\"kind\":\"Secret\",\"data\":{}}"));
		texts.accept("Google's key", file("{\"type\":\"service_account\"}"));
		texts.accept("other type", file("{\"type\":\"other\"}"));
		texts.accept("field missing", file(json.replace("\"userId\"", "\"user\"")));
		texts.accept("field empty", file(json.replaceFirst("\"userId\":\\s*\"[0-9]+\"", "\"userId\":\"\"")));
		texts.accept("field no string", file(json.replaceFirst("\"userId\":\\s*\"[0-9]+\"", "\"userId\":true")));
		texts.accept("user id no id", file(json.replace(key.userId(), "order bot")));
		texts.accept("key id no id", file(json.replace(key.keyId(), "a b")));
		texts.accept("expiration date", file(json.replace(key.expirationDate().toString(), "never")));
		texts.accept("UTF-16", file(json, StandardCharsets.UTF_16LE));
		texts.accept("binary", json(write("key.json", key.privateKey().getEncoded())));
		texts.accept("too large", file(" ".repeat(70_000)));
	}

	private void privateKeys(FakeServiceUserKey key, BiConsumer<String, String> texts) throws Exception {
		String pem = key.pem();
		texts.accept("JSON for PEM", pem(key.json()));
		texts.accept("encrypted", pem(pem.replace("RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY")));
		texts.accept("EC label", pem(pem.replace("RSA PRIVATE KEY", "EC PRIVATE KEY")));
		texts.accept("EC key", pem(pkcs8("EC", 256)));
		texts.accept("short key", pem(pkcs8("RSA", 1024)));
		texts.accept("public key", pem(pem.replace("RSA PRIVATE KEY", "PUBLIC KEY")));
		texts.accept("no PEM", pem("hello"));
		texts.accept("no END", pem(pem.substring(0, 500)));
		texts.accept("no Base64", pem(pem.replaceFirst("MII", "M*I")));
		texts.accept("no key inside", pem(pem.replaceFirst("\n[^\n]+\n", "\n")));
		StringBuilder damaged = new StringBuilder(pem);
		damaged.setCharAt(900, (damaged.charAt(900) != 'A') ? 'A' : 'B');
		texts.accept("numbers", pem(damaged.toString()));
	}

	private String file(String content) throws IOException {
		return file(content, StandardCharsets.UTF_8);
	}

	private String file(String content, Charset charset) throws IOException {
		return json(write("key.json", content.getBytes(charset)));
	}

	private String pem(String content) throws IOException {
		return pem("1", "2", write("key.pem", content.getBytes(StandardCharsets.UTF_8)));
	}

	private String write(String name, byte[] content) throws IOException {
		return Files.write(this.directory.resolve(name), content).toString();
	}

	private static String json(String location) {
		return describe(KeyReader.json(PREFIX, location, new Loader()));
	}

	private static String pem(@Nullable String userId, @Nullable String keyId, String location) {
		return describe(KeyReader.pem(PREFIX, userId, keyId, location, new Loader()));
	}

	private static String describe(KeyReader reader) {
		InvalidServiceUserKeyException failure = catchThrowableOfType(InvalidServiceUserKeyException.class,
				reader::read);
		assertThat(failure).isNotNull();
		FailureAnalysis analysis = new InvalidCredentialFailureAnalyzer().analyze(failure);
		assertThat(analysis).isNotNull();
		assertThat(analysis.getAction()).isNotBlank();
		return analysis.getDescription();
	}

	private static String pkcs8(String algorithm, int size) throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
		generator.initialize(size);
		return "-----BEGIN PRIVATE KEY-----\n"
				+ Base64.getMimeEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
				+ "\n-----END PRIVATE KEY-----\n";
	}

	/**
	 * Has resources that cannot be read: whoever runs the tests may be allowed to read
	 * any file.
	 */
	private static final class Loader extends DefaultResourceLoader {

		@Override
		public Resource getResource(String location) {
			if (!location.startsWith("denied:") && !location.startsWith("broken:")) {
				return super.getResource(location);
			}
			return new ByteArrayResource(new byte[0]) {

				@Override
				public InputStream getInputStream() throws IOException {
					throw location.startsWith("denied:") ? new AccessDeniedException("key") : new IOException("broken");
				}

			};
		}

	}

}
