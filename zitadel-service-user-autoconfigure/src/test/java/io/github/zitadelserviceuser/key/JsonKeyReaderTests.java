// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link JsonKeyReader}.
 */
class JsonKeyReaderTests {

	private static final String PROPERTY = "zitadel.service-user.key-location";

	@TempDir
	private Path directory;

	@Test
	void readWhenDownloadedJsonReturnsTheKey() throws IOException {
		ServiceUserKey key = read(Keys.json());
		assertThat(key.userId()).isEqualTo("257489030000001");
		assertThat(key.keyId()).isEqualTo("257489032846571");
		assertThat(key.privateKey()).isEqualTo(Keys.RSA.getPrivate());
		assertThat(key.expirationDate()).isEqualTo("2030-01-01T00:00:00Z");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void readWhenInAnotherFormReturnsTheSameKey(String form, String content) throws IOException {
		ServiceUserKey key = read(content);
		assertThat(key).isEqualTo(read(Keys.json()));
	}

	static Stream<Arguments> readWhenInAnotherFormReturnsTheSameKey() {
		String json = Keys.json();
		String pem = Keys.pkcs1(Keys.RSA);
		String broken = json.replace("\\n", "\n");
		assertThat(broken).contains("KEY-----\nMII");
		return Stream.of(Arguments.of("PKCS#8", Keys.json("key", Keys.pkcs8(Keys.RSA))),
				Arguments.of("byte order mark", "\uFEFF" + json),
				Arguments.of("white space around", " \r\n\t" + json + "\n\n"),
				Arguments.of("CRLF between fields", json.replace(",", ",\r\n")),
				Arguments.of("CRLF in the PEM", Keys.json("key", pem.replace("\n", "\r\n"))),
				Arguments.of("CR in the PEM", Keys.json("key", pem.replace("\n", "\r"))),
				Arguments.of("\\n written out", Keys.json("key", pem.replace("\n", "\\n"))),
				Arguments.of("\\\\n written out", Keys.json("key", pem.replace("\n", "\\\\n"))),
				Arguments.of("blanks for line breaks", Keys.json("key", pem.replace("\n", " "))),
				Arguments.of("no last line break", Keys.json("key", pem.strip())),
				Arguments.of("Base64 of the PEM", Keys.json("key", Keys.base64(pem))),
				Arguments.of("real line breaks in the string", broken),
				Arguments.of("unknown field", Keys.json("new", true)),
				Arguments.of("no type", Keys.jsonWithout("type")),
				Arguments.of("Base64 of the JSON", Keys.base64(json) + "\n"),
				Arguments.of("Base64 of Base64", Keys.base64(Keys.base64(json))),
				Arguments.of("single quotes", "'" + json + "'"), Arguments.of("double quotes", '"' + json + '"'),
				Arguments.of("JSON string",
						JSONObjectUtils.toJSONString(Map.of("v", json)).substring(5).replaceAll("}$", "")),
				Arguments.of("quotes escaped", json.replace("\\", "\\\\").replace("\"", "\\\"")),
				Arguments.of("numbers for ids",
						json.replace("\"257489032846571\"", "257489032846571")
							.replace("\"257489030000001\"", "257489030000001")),
				Arguments.of("answer of the API, version 1",
						"{\"keyId\":\"257489032846571\",\"keyDetails\":\"" + Keys.base64(json) + "\"}"),
				Arguments.of("answer of the API, version 2",
						"{\"keyId\":\"257489032846571\",\"keyContent\":\"" + Keys.base64(json) + "\"}"));
	}

	@ParameterizedTest
	@CsvSource({ "2030-01-01T00:00:00Z, 2030-01-01T00:00:00Z",
			"2030-01-01T00:00:00.123456789Z, 2030-01-01T00:00:00.123456789Z",
			"2030-01-01T02:30:00.5+02:30, 2030-01-01T00:00:00.500Z", "2001-01-01T00:00:00Z, 2001-01-01T00:00:00Z" })
	void readWhenDateIsRfc3339ReturnsIt(String written, Instant meant) throws IOException {
		assertThat(read(Keys.json("expirationDate", written)).expirationDate()).isEqualTo(meant);
	}

	@Test
	void readWhenKeyNeverExpiresHasNoDate() throws IOException {
		assertThat(read(Keys.json("expirationDate", "9999-12-31T23:59:59Z")).expirationDate()).isNull();
		assertThat(read(Keys.jsonWithout("expirationDate")).expirationDate()).isNull();
		assertThat(read(Keys.json("expirationDate", "")).expirationDate()).isNull();
		assertThat(read(Keys.json("expirationDate", null)).expirationDate()).isNull();
	}

	@ParameterizedTest(name = "{3}")
	@MethodSource
	void readWhenUnusableSaysWhatWasFound(String content, String field, String action, String found)
			throws IOException {
		InvalidServiceUserKeyException failure = refuse(content.getBytes(StandardCharsets.UTF_8));
		assertThat(failure.found()).isEqualTo(found);
		assertThat(failure.field()).isEqualTo(field);
		assertThat(failure.action()).contains(action);
		assertThat(read(Keys.json())).isNotNull();
	}

	static Stream<Arguments> readWhenUnusableSaysWhatWasFound() {
		String json = Keys.json();
		return Stream.concat(Stream.of(Arguments.of("", null, "Put the key", "there is nothing in it"),
				Arguments.of("\uFEFF \r\n", null, "Put the key", "there is nothing in it"),
				Arguments.of("type: serviceaccount", null, "'Keys' page", "there is no JSON"),
				Arguments.of("<html></html>", null, "'Keys' page", "there is HTML or XML, not JSON"),
				Arguments.of("[" + json + "]", null, "'Keys' page",
						"there is JSON, but not an object with the fields of a key"),
				Arguments.of("null", null, "'Keys' page", "there is JSON, but not an object with the fields of a key"),
				Arguments.of("\"text\": {", null, "'Keys' page",
						"there is JSON, but not an object with the fields of a key"),
				Arguments.of(json.substring(0, 900), null, "Copy the file again", "the JSON is damaged or was cut off"),
				Arguments.of(json.substring(0, json.length() - 1), null, "Copy the file again",
						"the JSON is damaged or was cut off"),
				Arguments.of(Keys.base64(json).substring(0, 800), null, "Copy the file again",
						"the JSON is damaged or was cut off"),
				Arguments.of(json + json, null, "Copy the file again", "the JSON is damaged or was cut off"),
				Arguments.of(Keys.pkcs1(Keys.RSA), null, "'zitadel.service-user.private-key-location'",
						"there is a PEM, not a JSON"),
				Arguments.of("dEXmXvDzCqPLwuLKBtIDGFZwXwxGWXyMbLIYgWxXZXEvIqnTMZSpeLuB3xqBaH1YBqwrfWM\n", null,
						"'Keys' page",
						"there is a single word, perhaps a personal access token or another token, not JSON"),
				Arguments.of(Keys.json("type", "application"), "type", "'Keys' page of the service user, not on that",
						"this is the key of an application, which no service user can use"),
				Arguments.of("{\"keyId\":\"1\",\"key\":\"k\",\"appId\":\"2\",\"clientId\":\"3\"}", "type",
						"'Keys' page", "this is the key of an application, which no service user can use"),
				Arguments.of("{\"tls.crt\":\"c\",\"tls.key\":\"k\"}", "type", "SystemAPIUsers",
						"this is the key of a system user, which no service user can use"),
				Arguments.of("{\"robot\":{\"KeyData\":\"LS0t\"}}", "type", "'Keys' page of the service user",
						"this is the key of a system user, which no service user can use"),
				Arguments.of("{\"robot\":{\"Path\":\"/robot.pub\",\"Memberships\":[]}}", "type", "SystemAPIUsers",
						"this is the key of a system user, which no service user can use"),
				Arguments.of("{\"type\":\"systemuser\",\"key\":\"k\"}", "type", "SystemAPIUsers",
						"this is the key of a system user, which no service user can use"),
				Arguments.of("{\"kind\":\"Secret\",\"data\":{\"tls.key\":\"LS0t\"}}", "kind", "system user",
						"this is a Kubernetes Secret as JSON, not the file that it holds"),
				Arguments.of(Keys.pkcs1(Keys.RSA), null, "The key of a system user, which charts keep as 'tls.key'",
						"there is a PEM, not a JSON"),
				Arguments.of("{\"type\":\"service_account\",\"private_key\":\"k\"}", "type", "'Keys' page",
						"this is the key of a Google Cloud service account"),
				Arguments.of(Keys.json("type", "other"), "type", "'Keys' page", "field 'type' is not 'serviceaccount'"),
				Arguments.of(Keys.json("userId", "order bot"), "userId", "the number its page shows",
						"field 'userId' is not the id of a user"),
				Arguments.of(Keys.json("keyId", "a b"), "keyId", "download", "field 'keyId' is not the id of a key"),
				Arguments.of(Keys.json("userId", 1.5), "userId", "quotes",
						"field 'userId' of the JSON is not a string"),
				Arguments.of(Keys.json("key", true), "key", "quotes", "field 'key' of the JSON is not a string"),
				Arguments.of(Keys.json("key", "none"), "key", "as it was made",
						"the private key in field 'key' is not a PEM: there is no '-----BEGIN … PRIVATE KEY-----' line"),
				Arguments.of(Keys.json("expirationDate", "tomorrow"), "expirationDate", "2030-01-01T00:00:00Z",
						"field 'expirationDate' is not a date and time with an offset (RFC 3339)"),
				Arguments.of(Keys.json("expirationDate", "2030-01-01"), "expirationDate", "2030-01-01T00:00:00Z",
						"field 'expirationDate' is not a date and time with an offset (RFC 3339)"),
				Arguments.of(Keys.json("expirationDate", 1893456000L), "expirationDate", "2030-01-01T00:00:00Z",
						"field 'expirationDate' is not a date and time with an offset (RFC 3339)")),
				Stream.of("userId", "keyId", "key")
					.flatMap((field) -> Stream.of(
							Arguments.of(Keys.jsonWithout(field), field, "'Keys' page",
									"field '" + field + "' of the JSON is missing"),
							Arguments.of(Keys.json(field, null), field, "'Keys' page",
									"field '" + field + "' of the JSON is missing"),
							Arguments.of(Keys.json(field, "  "), field, "'Keys' page",
									"field '" + field + "' of the JSON is empty"))));
	}

	@Test
	void readWhenUtf16SaysSo() throws IOException {
		for (var charset : Arrays.asList(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE,
				StandardCharsets.UTF_16BE)) {
			assertThat(refuse(Keys.json().getBytes(charset)).found()).isEqualTo("the content is UTF-16");
		}
		byte[] marked = ("\uFEFF" + Keys.json()).getBytes(StandardCharsets.UTF_16LE);
		assertThat(refuse(marked).action()).isEqualTo("Save it as UTF-8.");
	}

	@Test
	void readWhenBinarySaysSo() throws IOException {
		InvalidServiceUserKeyException failure = refuse(Keys.pkcs1Der(Keys.RSA));
		assertThat(failure.found()).isEqualTo("the content is binary, perhaps DER or a key store");
		assertThat(failure.action()).contains("openssl pkey -inform DER");
	}

	@Test
	void readWhenLargerThanLimitSaysSo() throws IOException {
		String limit = " ".repeat(64 * 1024 - Keys.json().length()) + Keys.json();
		assertThat(read(limit)).isEqualTo(read(Keys.json()));
		assertThat(refuse((" " + limit).getBytes(StandardCharsets.UTF_8)).found())
			.isEqualTo("the content is larger than 64 KiB");
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 900 })
	void readWhenKeyWasDamagedInOnePlaceSaysSo(int position) throws IOException {
		char[] pem = Keys.pkcs1(Keys.RSA).toCharArray();
		pem[position] = (pem[position] != 'A') ? 'A' : 'B';
		InvalidServiceUserKeyException failure = refuse(
				Keys.json("key", new String(pem)).getBytes(StandardCharsets.UTF_8));
		assertThat(failure.found()).startsWith("the private key in field 'key' is damaged");
		assertThat(failure.field()).isEqualTo("key");
	}

	@Test
	void readWhenFileWasReplacedReturnsTheNewKey() throws IOException {
		Path file = write(Keys.json().getBytes(StandardCharsets.UTF_8));
		KeyReader reader = reader(file.toString());
		assertThat(reader.read().privateKey()).isEqualTo(Keys.RSA.getPrivate());
		write("{".getBytes(StandardCharsets.UTF_8));
		assertThat(catchThrowableOfType(InvalidServiceUserKeyException.class, reader::read)).isNotNull();
		write(Keys.json("key", Keys.pkcs1(Keys.OTHER_RSA)).getBytes(StandardCharsets.UTF_8));
		assertThat(reader.read().privateKey()).isEqualTo(Keys.OTHER_RSA.getPrivate());
	}

	@Test
	void readWhenRefusedTellsTheWholeAnswer() throws IOException {
		Path file = write("".getBytes(StandardCharsets.UTF_8));
		assertThat(refuse(new byte[0])).hasMessage("No usable service user key in '" + file + "' (property '" + PROPERTY
				+ "'): there is nothing in it. Put the key there.");
	}

	@Test
	void toStringShowsThePlaceOnly() {
		assertThat(reader("key.json")).hasToString("JSON at 'key.json' (property '" + PROPERTY + "')");
		assertThat(reader("base64:" + Keys.base64(Keys.json())))
			.hasToString("JSON at 'base64:…' (property '" + PROPERTY + "')");
		assertThat(reader(Keys.json())).hasToString("JSON at the value of property '" + PROPERTY + "'");
	}

	private ServiceUserKey read(String content) throws IOException {
		return reader(write(content.getBytes(StandardCharsets.UTF_8)).toString()).read();
	}

	private InvalidServiceUserKeyException refuse(byte[] content) throws IOException {
		Path file = write(content);
		InvalidServiceUserKeyException failure = refuse(reader(file.toString()));
		assertThat(failure.location()).isEqualTo("'" + file + "' (property '" + PROPERTY + "')");
		InvalidServiceUserKeyException encoded = refuse(
				reader("base64:" + Base64.getEncoder().encodeToString(content)));
		assertThat(encoded.found()).isEqualTo(failure.found());
		Secrets.assertNotShown(encoded.toString(), Base64.getEncoder().encodeToString(content));
		return failure;
	}

	private InvalidServiceUserKeyException refuse(KeyReader reader) {
		InvalidServiceUserKeyException failure = catchThrowableOfType(InvalidServiceUserKeyException.class,
				reader::read);
		assertThat(failure).isNotNull();
		Secrets.assertNotShown(failure, Keys.RSA);
		return failure;
	}

	private KeyReader reader(String location) {
		return KeyReader.json("zitadel.service-user", location, new DefaultResourceLoader());
	}

	private Path write(byte[] content) throws IOException {
		return Files.write(this.directory.resolve("key.json"), content);
	}

}
