// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Users, keys and key files.
 */
class FakeServiceUserTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	@AfterAll
	static void close() {
		ZITADEL.close();
	}

	@Test
	void jsonWhenKeyIsCreatedThenHasTheFiveFieldsOfTheConsole() {
		FakeServiceUserKey key = ZITADEL.serviceUser().key();
		Map<String, Object> json = read(key.json());
		assertThat(json.keySet()).containsExactly("type", "keyId", "key", "expirationDate", "userId");
		assertThat(json).containsEntry("type", "serviceaccount")
			.containsEntry("keyId", key.keyId())
			.containsEntry("userId", ZITADEL.serviceUser().id())
			.containsEntry("expirationDate", "9999-12-31T23:59:59Z");
		assertThat(json.get("keyId").toString()).matches("[0-9]{18}");
		assertThat(json.get("userId").toString()).matches("[0-9]{18}");
		assertThat(json.get("key").toString()).startsWith("-----BEGIN RSA PRIVATE KEY-----\n")
			.endsWith("\n-----END RSA PRIVATE KEY-----\n");
	}

	@Test
	void pemWhenReadAsPkcs1ThenIsTheSameKey() {
		FakeServiceUserKey key = ZITADEL.serviceUser().key();
		RSAPrivateCrtKey expected = (RSAPrivateCrtKey) key.privateKey();
		BigInteger[] numbers = DerIntegers.read(der(key.pem()));
		assertThat(numbers).containsExactly(BigInteger.ZERO, expected.getModulus(), expected.getPublicExponent(),
				expected.getPrivateExponent(), expected.getPrimeP(), expected.getPrimeQ(), expected.getPrimeExponentP(),
				expected.getPrimeExponentQ(), expected.getCrtCoefficient());
		assertThat(expected.getModulus().bitLength()).isEqualTo(2048);
	}

	@Test
	void pkcs8FileWhenReadThenIsTheSameKey() throws Exception {
		FakeServiceUserKey key = ZITADEL.serviceUser().key();
		String pem = read(key.pkcs8File().json()).get("key").toString();
		assertThat(pem).startsWith("-----BEGIN PRIVATE KEY-----\n");
		assertThat(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der(pem))))
			.isEqualTo(key.privateKey());
	}

	private static byte[] der(String pem) {
		return Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
	}

	@Test
	void createKeyWhenExpirationAndSizeAreGivenThenFollowed() {
		FakeServiceUserKey key = ZITADEL.serviceUser().createKey(Instant.parse("2030-01-01T00:00:00.123456789Z"), 1024);
		assertThat(read(key.json())).containsEntry("expirationDate", "2030-01-01T00:00:00.123456789Z");
		assertThat(((RSAPublicKey) key.publicKey()).getModulus().bitLength()).isEqualTo(1024);
	}

	@Test
	void createKeyWhenRepeatedThenAnotherKeyButKeyStays() {
		FakeServiceUser user = ZITADEL.createServiceUser("keys");
		FakeServiceUserKey first = user.key();
		FakeServiceUserKey second = user.createKey();
		assertThat(user.key()).isSameAs(first);
		assertThat(second.keyId()).isNotEqualTo(first.keyId());
		assertThat(second.privateKey()).isNotEqualTo(first.privateKey());
	}

	@Test
	void registerPublicKeyWhenItExpiresThenRefusedAfterwards() {
		FakeServiceUserKey key = ZITADEL.serviceUser().createKey();
		TestClient client = new TestClient(ZITADEL);
		String valid = ZITADEL.serviceUser().registerPublicKey(key.publicKey());
		String expired = ZITADEL.serviceUser().registerPublicKey(key.publicKey(), ZITADEL.clock().instant());
		assertThat(client.requestToken(client.assertion(key).header("kid", expired)).statusCode()).isEqualTo(500);
		assertThat(client.requestToken(client.assertion(key).header("kid", valid)).statusCode()).isEqualTo(200);
	}

	@Test
	void base64WhenDecodedThenIsTheJson() {
		FakeServiceUserKey key = ZITADEL.serviceUser().key();
		assertThat(new String(Base64.getDecoder().decode(key.base64()), StandardCharsets.UTF_8)).isEqualTo(key.json());
	}

	@Test
	void writeToWhenFileExistsThenReplaced(@TempDir Path directory) {
		FakeServiceUserKey key = ZITADEL.serviceUser().key();
		Path file = directory.resolve("key.json");
		assertThat(ZITADEL.createApplicationKey().writeTo(file)).isEqualTo(file);
		assertThat(key.writeTo(file)).hasContent(key.json());
	}

	@Test
	void keyFileWhenFakeIsClosedThenDeleted() {
		Path file;
		try (FakeZitadel other = FakeZitadel.start()) {
			FakeServiceUserKey key = other.serviceUser().key();
			file = key.keyFile();
			assertThat(file).hasContent(key.json());
			assertThat(key.keyFile()).isNotEqualTo(file).exists();
		}
		assertThat(file).doesNotExist();
		assertThat(Files.exists(file.getParent())).isFalse();
	}

	@Test
	void createApplicationKeyWhenReadThenHasNoUser() {
		Map<String, Object> json = read(ZITADEL.createApplicationKey().json());
		assertThat(json.keySet()).containsExactly("type", "keyId", "key", "appId", "clientId");
		assertThat(json).containsEntry("type", "application");
	}

	@Test
	void keyWhenUsedAtAnotherInstanceThenUnknown() {
		try (FakeZitadel other = FakeZitadel.start()) {
			TestClient client = new TestClient(other);
			client.requestToken(client.assertion(ZITADEL.serviceUser().key()));
			assertThat(other.tokenRequests().get(0).outcome()).isEqualTo(TokenOutcome.KEY_NOT_FOUND);
		}
	}

	@Test
	void toStringWhenPrintedThenShowsNoSecret() {
		FakeServiceUserKey key = ZITADEL.serviceUser().key();
		TestClient client = new TestClient(ZITADEL);
		String token = client.token("openid");
		IssuedToken issued = ZITADEL.issuedTokens().get(0);
		String secret = key.pem().split("\n")[1];
		String printed = ZITADEL + " " + key + key.file() + ZITADEL.serviceUser() + issued + ZITADEL.tokenRequests()
				+ FakeAnswer.json(200, token) + Assertion.parse(client.assertion(key).compact());
		assertThat(printed).doesNotContain("PRIVATE").doesNotContain(secret).doesNotContain(issued.value());
		assertThat(printed).doesNotContain(token).contains(key.keyId());
	}

	private static Map<String, Object> read(String json) {
		return Objects.requireNonNull(Json.readObject(json.getBytes(StandardCharsets.UTF_8)));
	}

}
