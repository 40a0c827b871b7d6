// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link PemKeyReader} and {@link PrivateKeyParser}.
 */
class PemKeyReaderTests {

	private static final String PROPERTY = "zitadel.service-user.private-key-location";

	private static final KeyPair EC = Keys.generate("EC", 256);

	private static final KeyPair PSS = Keys.generate("RSASSA-PSS", 2048);

	private static final KeyPair SHORT = Keys.generate("RSA", 1024);

	@TempDir
	private Path directory;

	@Test
	void readWhenPemReturnsTheKeyWithTheGivenIds() throws IOException {
		ServiceUserKey key = reader("257489030000001", " 257489032846571\n", write(Keys.pkcs8(Keys.RSA))).read();
		assertThat(key.userId()).isEqualTo("257489030000001");
		assertThat(key.keyId()).isEqualTo("257489032846571");
		assertThat(key.privateKey()).isEqualTo(Keys.RSA.getPrivate());
		assertThat(key.expirationDate()).isNull();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void readWhenInAnyFormReturnsTheKey(String form, String content) throws IOException {
		assertThat(reader(write(content)).read().privateKey()).isEqualTo(Keys.RSA.getPrivate());
		assertThat(reader("base64:" + Keys.base64(content)).read().privateKey()).isEqualTo(Keys.RSA.getPrivate());
	}

	static Stream<Arguments> readWhenInAnyFormReturnsTheKey() {
		String pem = Keys.pkcs1(Keys.RSA);
		String certificate = Keys.pem("CERTIFICATE", new byte[300]);
		return Stream.of(Arguments.of("PKCS#1", pem), Arguments.of("PKCS#8", Keys.pkcs8(Keys.RSA)),
				Arguments.of("CRLF", pem.replace("\n", "\r\n")), Arguments.of("CR", pem.replace("\n", "\r")),
				Arguments.of("no last line break", pem.strip()), Arguments.of("byte order mark", "\uFEFF" + pem),
				Arguments.of("\\n written out", pem.replace("\n", "\\n")),
				Arguments.of("\\n written out in quotes", '"' + pem.replace("\n", "\\n") + '"'),
				Arguments.of("blanks for line breaks", pem.replace("\n", " ")), Arguments.of("indented", pem.indent(4)),
				Arguments.of("text before", "Key Attributes: none\n" + pem),
				Arguments.of("after a certificate", certificate + pem),
				Arguments.of("after parameters", Keys.pem("DH PARAMETERS", new byte[8]) + pem),
				Arguments.of("Base64 of the PEM", Keys.base64(pem)));
	}

	@ParameterizedTest(name = "{3}")
	@MethodSource
	void readWhenUnusableSaysWhatWasFound(String content, KeyPair pair, String action, String found)
			throws IOException {
		InvalidServiceUserKeyException failure = refuse(reader(write(content)), pair);
		assertThat(failure.found()).isEqualTo(found);
		assertThat(failure.field()).isNull();
		assertThat(failure.action()).contains(action);
		assertThat(reader(write(Keys.pkcs1(Keys.RSA))).read()).isNotNull();
	}

	static Stream<Arguments> readWhenUnusableSaysWhatWasFound() {
		String pem = Keys.pkcs1(Keys.RSA);
		String legacy = pem.replaceFirst("KEY-----\n",
				"KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0123456789ABCDEF\n\n");
		byte[] publicKey = Keys.RSA.getPublic().getEncoded();
		return Stream.of(
				Arguments.of(Keys.encryptedPkcs8(Keys.RSA), Keys.RSA, "openssl pkey",
						"the private key is encrypted with a password"),
				Arguments.of(legacy, Keys.RSA, "openssl pkey", "the private key is encrypted with a password"),
				Arguments.of(Keys.pkcs8(EC), Keys.RSA, "RSA key of 2048 bits",
						"the private key is of the kind 'EC', not RSA"),
				Arguments.of(Keys.pkcs8(PSS), Keys.RSA, "RSA key of 2048 bits",
						"the private key is of the kind 'RSASSA-PSS', not RSA"),
				Arguments.of(Keys.pem("EC PRIVATE KEY", new byte[120]), Keys.RSA, "RSA key of 2048 bits",
						"the private key is of the kind 'EC PRIVATE KEY', not an RSA key in PKCS#1 or PKCS#8"),
				Arguments.of(Keys.pem("OPENSSH PRIVATE KEY", new byte[120]), Keys.RSA, "RSA key of 2048 bits",
						"the private key is of the kind 'OPENSSH PRIVATE KEY', not an RSA key in PKCS#1 or PKCS#8"),
				Arguments.of(Keys.pem("PUBLIC KEY", publicKey), Keys.RSA, "private half",
						"the private key is missing: there is only a 'PUBLIC KEY'"),
				Arguments.of(Keys.pem("CERTIFICATE", publicKey), Keys.RSA, "private half",
						"the private key is missing: there is only a 'CERTIFICATE'"),
				Arguments.of(Keys.pkcs1(SHORT), SHORT, "RSA key of 2048 bits", "the private key has only 1024 bits"),
				Arguments.of(pem.substring(0, 800), Keys.RSA, "whole and unchanged",
						"the private key is damaged: it has a BEGIN line but no END line that matches"),
				Arguments.of(withoutLine(pem, 12), Keys.RSA, "whole and unchanged",
						"the private key is damaged: there is no key between its BEGIN and END lines"),
				Arguments.of(pem.replaceFirst("MII", "M*I"), Keys.RSA, "whole and unchanged",
						"the private key is damaged: it is not Base64 between its BEGIN and END lines"),
				Arguments.of(Keys.pem("PRIVATE KEY", new byte[200]), Keys.RSA, "whole and unchanged",
						"the private key is damaged: there is no key between its BEGIN and END lines"),
				Arguments.of("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----", Keys.RSA, "whole and unchanged",
						"the private key is damaged: there is no key between its BEGIN and END lines"),
				Arguments.of(Keys.json(), Keys.RSA, "'zitadel.service-user.key-location'",
						"the private key is inside a JSON, not a PEM of its own"),
				Arguments.of(Base64.getEncoder().encodeToString(Keys.pkcs1Der(Keys.RSA)), Keys.RSA, "BEGIN and END",
						"the private key is not a PEM: there is no '-----BEGIN … PRIVATE KEY-----' line"),
				Arguments.of("ssh-rsa AAAAB3NzaC1yc2E= me", Keys.RSA, "BEGIN and END",
						"the private key is not a PEM: there is no '-----BEGIN … PRIVATE KEY-----' line"),
				Arguments.of(" ", Keys.RSA, "Put the key", "there is nothing in it"));
	}

	private static String withoutLine(String pem, int number) {
		List<String> lines = new ArrayList<>(pem.lines().toList());
		lines.remove(number);
		return String.join("\n", lines);
	}

	@ParameterizedTest
	@MethodSource
	void readWhenNumbersDoNotBelongTogetherSaysSo(int offset) throws IOException {
		byte[] der = Keys.pkcs1Der(Keys.RSA);
		der[offset] ^= 0x04;
		InvalidServiceUserKeyException failure = refuse(reader(write(Keys.pem("RSA PRIVATE KEY", der))), Keys.RSA);
		assertThat(failure.found()).isEqualTo("the private key is damaged: the numbers in it do not belong together");
	}

	/**
	 * Somewhere inside the modulus, both primes, both exponents and the coefficient: of
	 * 256 bytes, then (after the private exponent) five times 128.
	 */
	static int[] readWhenNumbersDoNotBelongTogetherSaysSo() {
		return new int[] { 100, 640, 770, 900, 1030, 1150 };
	}

	@ParameterizedTest
	@CsvSource({ ",1,user-id,the property is not set", "' ',1,user-id,the property is not set",
			"order-bot,1,user-id,the property is not a number; it may be the user name",
			"1,,key-id,the property is not set", "1,' ',key-id,the property is not set",
			"1,a b,key-id,the property is not the id of a key" })
	void readWhenAnIdIsUnusableNamesTheProperty(@Nullable String userId, @Nullable String keyId, String property,
			String found) throws IOException {
		InvalidServiceUserKeyException failure = refuse(reader(userId, keyId, write(Keys.pkcs1(Keys.RSA))), Keys.RSA);
		assertThat(failure.field()).isEqualTo("zitadel.service-user." + property);
		assertThat(failure.location()).isEqualTo("property 'zitadel.service-user." + property + "'");
		assertThat(failure.found()).isEqualTo(found);
	}

	@Test
	void readWhenKeyWasPutInPlaceOfAnIdDoesNotShowIt() throws IOException {
		String pem = Keys.pkcs1(Keys.RSA);
		String body = Base64.getEncoder().encodeToString(Keys.pkcs1Der(Keys.RSA));
		String location = write(pem);
		for (String key : new String[] { pem, body }) {
			refuse(reader(key, "1", location), Keys.RSA);
			refuse(reader("1", key, location), Keys.RSA);
		}
	}

	@Test
	void readWhenFileWasReplacedReturnsTheNewKey() throws IOException {
		KeyReader reader = reader(write(Keys.pkcs1(Keys.RSA)));
		assertThat(reader.read().privateKey()).isEqualTo(Keys.RSA.getPrivate());
		write("");
		refuse(reader, Keys.RSA);
		write(Keys.pkcs8(Keys.OTHER_RSA));
		assertThat(reader.read().privateKey()).isEqualTo(Keys.OTHER_RSA.getPrivate());
	}

	@Test
	void toStringShowsThePlaceOnly() {
		assertThat(reader("key.pem")).hasToString("PEM at 'key.pem' (property '" + PROPERTY + "')");
		assertThat(reader(Keys.pkcs1(Keys.RSA))).hasToString("PEM at the value of property '" + PROPERTY + "'");
	}

	private InvalidServiceUserKeyException refuse(KeyReader reader, KeyPair pair) {
		InvalidServiceUserKeyException failure = catchThrowableOfType(InvalidServiceUserKeyException.class,
				reader::read);
		assertThat(failure).isNotNull();
		Secrets.assertNotShown(failure, pair);
		return failure;
	}

	private KeyReader reader(String location) {
		return reader("1", "2", location);
	}

	private KeyReader reader(@Nullable String userId, @Nullable String keyId, String location) {
		return KeyReader.pem("zitadel.service-user", userId, keyId, location, new DefaultResourceLoader());
	}

	private String write(String content) throws IOException {
		return Files.write(this.directory.resolve("key.pem"), content.getBytes(StandardCharsets.UTF_8)).toString();
	}

}
