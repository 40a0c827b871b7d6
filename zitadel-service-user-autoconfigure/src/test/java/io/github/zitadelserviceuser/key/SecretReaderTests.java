// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link SecretReader}.
 */
class SecretReaderTests {

	private static final String SECRET = "aB3" + "dE6gH9jK2mN5pQ8".repeat(4);

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource(names = "KEY", mode = EnumSource.Mode.EXCLUDE)
	void readWhenInAFileOrAVariableThenIsThatButForOneLineBreak(CredentialKind kind) throws IOException {
		for (String end : new String[] { "", "\n", "\r\n" }) {
			Path file = Files.writeString(this.directory.resolve("secret"), SECRET + end);
			String base64 = Base64.getEncoder().encodeToString((SECRET + end).getBytes(StandardCharsets.UTF_8));
			for (String location : new String[] { file.toString(), "file:" + file, "base64:" + base64 }) {
				assertThat(at(kind, location).read()).isEqualTo(SECRET);
			}
			assertThat(SecretReader.of(kind, "my", SECRET + end).read()).isEqualTo(SECRET);
		}
	}

	@Test
	void readWhenClientSecretHasBlanksAndSymbolsThenTheyBelongToIt() {
		assertThat(of(CredentialKind.CLIENT_SECRET, " a:b%c\"d' ").read()).isEqualTo(" a:b%c\"d' ");
		assertThat(of(CredentialKind.CLIENT_SECRET, "QUJD").read()).as("which is Base64 too").isEqualTo("QUJD");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "CLIENT_SECRET | `two\nlines` | there are characters in it",
					"CLIENT_SECRET | `first\n\n` | there are characters in it",
					"CLIENT_SECRET | `gehäim` | there are characters",
					"PERSONAL_ACCESS_TOKEN | `a token` | there are characters",
					"PERSONAL_ACCESS_TOKEN | `\"quoted\"` | there are characters",
					"CLIENT_SECRET | `  ` | there is nothing in it", "CLIENT_SECRET | `\n` | there is nothing in it",
					"PERSONAL_ACCESS_TOKEN | `{\"type\":\"serviceaccount\"}` | there is a key, or another JSON or PEM",
					"CLIENT_SECRET | `-----BEGIN PRIVATE KEY-----` | there is a key" })
	void readWhenItCannotBeOneThenRefusedWithoutShowingIt(CredentialKind kind, String content, String found)
			throws IOException {
		Path file = Files.writeString(this.directory.resolve("secret"), content);
		for (SecretReader reader : new SecretReader[] { at(kind, file.toString()), of(kind, content) }) {
			InvalidCredentialException failure = refusal(reader);
			assertThat(failure.found()).startsWith(found);
			assertThat(failure.credential()).isEqualTo(kind.noun());
			assertThat(failure.location()).contains("my." + kind.type());
			if (!content.isBlank()) {
				assertThat(failure.getMessage()).doesNotContain(content.strip());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "file:/etc/secret", "FILE:/etc/secret", "classpath:secret", "base64:QUJD" })
	void readWhenValueIsALocationThenNamesTheOtherProperty(String location) {
		InvalidCredentialException failure = refusal(of(CredentialKind.CLIENT_SECRET, location));
		assertThat(failure.found()).isEqualTo("that is the place where the client secret is, not the client secret");
		assertThat(failure.action()).contains("'my.client-secret-location'");
	}

	@Test
	void readWhenLocationIsTheSecretItselfThenDoesNotShowIt() {
		InvalidCredentialException failure = refusal(at(CredentialKind.CLIENT_SECRET, SECRET));
		assertThat(failure.found())
			.isEqualTo("the property holds what looks like the client secret itself, not the place "
					+ "where the client secret is");
		assertThat(failure).hasMessageNotContaining(SECRET).hasMessageContaining("'my.client-secret-location'");
	}

	@Test
	void readWhenThereIsNoFileThenSaysWhatIsNeededInWordsOfASecret() {
		InvalidCredentialException failure = refusal(at(CredentialKind.PERSONAL_ACCESS_TOKEN, "/no/such/token"));
		assertThat(failure).isNotInstanceOf(InvalidServiceUserKeyException.class)
			.hasMessage("No usable service user personal access token in '/no/such/token' (property "
					+ "'my.personal-access-token-location'): there is no such file. Correct "
					+ "'my.personal-access-token-location' ('~' and wildcards are not expanded), or put the personal "
					+ "access token where it points to.");
	}

	@Test
	void toStringThenShowsNoSecret() {
		SecretReader reader = of(CredentialKind.CLIENT_SECRET, SECRET);
		LastGoodSecret held = new LastGoodSecret(reader, new SecretListener() {
		});
		held.read();
		assertThat(reader + " " + held).doesNotContain(SECRET)
			.isEqualTo("client secret in property 'my.client-secret' client secret in property 'my.client-secret'");
	}

	private static SecretReader of(CredentialKind kind, String value) {
		return SecretReader.of(kind, "my", value);
	}

	private static SecretReader at(CredentialKind kind, String location) {
		return SecretReader.at(kind, "my", location, new DefaultResourceLoader());
	}

	private static InvalidCredentialException refusal(SecretReader reader) {
		InvalidCredentialException failure = catchThrowableOfType(InvalidCredentialException.class, reader::read);
		assertThat(failure).isNotNull();
		return failure;
	}

}
