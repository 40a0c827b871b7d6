// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link SecretLocation}.
 */
class SecretLocationTests {

	private static final String PROPERTY = "my.key-location";

	private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

	@TempDir
	private Path directory;

	@Test
	void readWhenPathOrUrlReadsTheFile() throws IOException {
		Path file = Files.write(this.directory.resolve("my key.json"), CONTENT);
		assertThat(location(file.toString()).read()).isEqualTo(CONTENT);
		assertThat(location(" " + file + "\n").read()).isEqualTo(CONTENT);
		assertThat(location("file:" + file).read()).isEqualTo(CONTENT);
		assertThat(location("FILE:" + file).read()).isEqualTo(CONTENT);
		assertThat(location(file.toUri().toString()).read()).isEqualTo(CONTENT);
	}

	@Test
	void readWhenRelativePathReadsFromTheWorkingDirectoryAndNotTheClassPath() throws IOException {
		Path file = Files.write(this.directory.resolve("key.json"), CONTENT);
		Path relative = Path.of("").toAbsolutePath().relativize(file.toAbsolutePath());
		assertThat(relative).isRelative();
		assertThat(location(relative.toString()).read()).isEqualTo(CONTENT);
		assertThat(refuse("META-INF/MANIFEST.MF").found())
			.isEqualTo("there is no such file, looking from '" + Path.of("").toAbsolutePath() + "'");
	}

	@Test
	void writtenAtIsThatOfTheFile() throws IOException {
		Instant time = Instant.parse("2026-01-01T12:00:00Z");
		Path file = Files.write(this.directory.resolve("key.json"), CONTENT);
		Path link = Files.createSymbolicLink(this.directory.resolve("mounted.json"), file);
		Files.setLastModifiedTime(file, FileTime.from(time));
		assertThat(location(file.toString()).writtenAt()).isEqualTo(time);
		assertThat(location(file.toUri().toString()).writtenAt()).isEqualTo(time);
		assertThat(location(link.toString()).writtenAt()).as("as Kubernetes mounts it").isEqualTo(time);
	}

	@Test
	void writtenAtWhenValueOfAPropertyIsWhenTheProcessGotIt() {
		assertThat(location("base64:e30=").writtenAt())
			.isEqualTo(ProcessHandle.current().info().startInstant().orElse(null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "no/such/file", "key\0", "classpath:no/such/key", "https://example.com/key" })
	void writtenAtWhenThereIsNoFileIsNotKnown(String value) {
		assertThat(location(value).writtenAt()).isNull();
	}

	@Test
	void readWhenClassPathReadsTheResource() {
		String name = SecretLocationTests.class.getName().replace('.', '/') + ".class";
		assertThat(location("classpath:" + name).read()).startsWith(0xCA, 0xFE, 0xBA, 0xBE);
	}

	@Test
	void readWhenSchemeIsKnownToTheLoaderReadsTheResource() {
		SecretLocation location = new SecretLocation(CredentialKind.KEY, "my", "key-location", "vault:key",
				loader("vault:key", InputStream.nullInputStream()));
		assertThat(location.read()).isEmpty();
		assertThat(location).hasToString("'vault:…' (property '" + PROPERTY + "')");
	}

	@Test
	void readWhenBase64Decodes() {
		assertThat(location("base64:" + Base64.getEncoder().encodeToString(CONTENT)).read()).isEqualTo(CONTENT);
		assertThat(location("BASE64:\n Y29u\n dGVudA\n").read()).isEqualTo(CONTENT);
	}

	@Test
	void readWhenPathIsLongAndStrangeButThereReadsTheFile() throws IOException {
		Path file = Files.write(this.directory.resolve("eyJ" + "aB0".repeat(50)), CONTENT);
		Path relative = Path.of("").toAbsolutePath().relativize(file.toAbsolutePath());
		assertThat(location(file.toString()).read()).isEqualTo(CONTENT);
		assertThat(location(relative.toString()).read()).isEqualTo(CONTENT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " \n" })
	void readWhenEmptySaysSo(String value) {
		assertThat(refuse(value).found()).isEqualTo("the property is empty");
	}

	@Test
	void readWhenFileIsMissingSaysSoUntilItIsThere() throws IOException {
		Path file = this.directory.resolve("key.json");
		InvalidServiceUserKeyException failure = refuse(file.toString());
		assertThat(failure.found()).isEqualTo("there is no such file");
		assertThat(failure.location()).isEqualTo("'" + file + "' (property '" + PROPERTY + "')");
		assertThat(failure.action()).contains("Correct '" + PROPERTY + "'");
		assertThat(refuse("file:" + file).found()).isEqualTo("there is no such file");
		Files.write(file, CONTENT);
		assertThat(location(file.toString()).read()).isEqualTo(CONTENT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "classpath:no/such/key.json", "clsspath:key.json" })
	void readWhenResourceIsMissingSaysSo(String value) {
		assertThat(refuse(value).found()).isEqualTo("there is nothing at this location");
	}

	@Test
	void readWhenDirectorySaysSo() {
		assertThat(refuse(this.directory.toString()).found()).isEqualTo("there is a directory, not a file");
		assertThat(refuse("file:" + this.directory).found()).isEqualTo("there is a directory, not a file");
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void readWhenDeviceSaysSo() {
		assertThat(refuse("/dev/zero").found()).isEqualTo("there is a pipe or a device, not a file");
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void readWhenNoPathSaysSo() {
		assertThat(refuse("a\0b").found()).isEqualTo("the value is no path of a file");
	}

	@Test
	void readWhenAccessIsDeniedSaysSo() {
		InvalidServiceUserKeyException failure = refuse("vault:key", new AccessDeniedException("secret-detail"));
		assertThat(failure.found()).isEqualTo("this process is not allowed to read it");
		assertThat(failure.action()).contains(System.getProperty("user.name"));
	}

	@Test
	void readWhenReadingFailsNamesTheKindOfFailureOnly() {
		assertThat(refuse("vault:key", new IOException("secret-detail")).found())
			.isEqualTo("reading it failed with java.io.IOException");
		assertThat(refuse("vault:key", new IllegalStateException("secret-detail")).found())
			.isEqualTo("reading it failed with java.lang.IllegalStateException");
	}

	@Test
	void readWhenContentHasNoEndStopsAtTheLimit() {
		SecretLocation location = new SecretLocation(CredentialKind.KEY, "my", "key-location", "vault:key",
				loader("vault:key", new EndlessStream()));
		assertThat(refuse(location).found()).isEqualTo("the content is larger than 64 KiB");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://user:password@example.com/key.json", "http://example.com/key", "ftp://a/b" })
	void readWhenNetworkAddressRefusesWithoutFetching(String value) {
		InvalidServiceUserKeyException failure = refuse(value);
		assertThat(failure.found()).isEqualTo("the location is a network address, from which no key is fetched");
		assertThat(failure.getMessage()).doesNotContain("password", "example.com");
	}

	@ParameterizedTest
	@MethodSource
	void readWhenPropertyHoldsTheContentSaysSoWithoutShowingIt(String value) {
		InvalidServiceUserKeyException failure = refuse(value);
		assertThat(failure.found())
			.isEqualTo("the property holds what looks like the key or a token itself, not the place where the key is");
		assertThat(failure.location()).isEqualTo("the value of property '" + PROPERTY + "'");
		assertThat(failure.field()).isEqualTo(PROPERTY);
		assertThat(failure.action()).contains("'base64:'");
		Secrets.assertNotShown(failure.toString(), Keys.base64(Keys.json()));
	}

	static String[] readWhenPropertyHoldsTheContentSaysSoWithoutShowingIt() {
		return SafeLocationTests.describeWhenContentShowsNothingOfIt();
	}

	@Test
	void readWhenContentFollowsBase64SaysSo() {
		for (String content : new String[] { Keys.json(), Keys.pkcs1(Keys.RSA) }) {
			InvalidServiceUserKeyException failure = refuse("base64:" + content);
			assertThat(failure.found()).isEqualTo("what follows 'base64:' is the content itself");
			assertThat(failure.action()).contains("base64 -w0");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "base64:AAAAA", "base64:secret-detail!", "base64:AA=A" })
	void readWhenNotBase64SaysSo(String value) {
		assertThat(refuse(value).found()).isEqualTo("what follows 'base64:' is not Base64 or was cut off");
	}

	@Test
	void readWhenDecodedContentIsTooLargeSaysSo() {
		assertThat(location("base64:" + Base64.getEncoder().encodeToString(new byte[65536])).read()).hasSize(65536);
		assertThat(refuse("base64:" + Base64.getEncoder().encodeToString(new byte[65537])).found())
			.isEqualTo("the content is larger than 64 KiB");
	}

	private InvalidServiceUserKeyException refuse(String value) {
		return refuse(location(value));
	}

	private InvalidServiceUserKeyException refuse(String value, Exception cause) {
		return refuse(new SecretLocation(CredentialKind.KEY, "my", "key-location", value, loader(value, cause)));
	}

	private InvalidServiceUserKeyException refuse(SecretLocation location) {
		InvalidServiceUserKeyException failure = catchThrowableOfType(InvalidServiceUserKeyException.class,
				location::read);
		assertThat(failure).isNotNull();
		assertThat(failure.getMessage()).doesNotContain("secret-detail");
		Secrets.assertNotShown(failure, Keys.RSA);
		return failure;
	}

	private SecretLocation location(String value) {
		return new SecretLocation(CredentialKind.KEY, "my", "key-location", value, new DefaultResourceLoader());
	}

	private ResourceLoader loader(String expected, Object streamOrFailure) {
		return new DefaultResourceLoader() {

			@Override
			public Resource getResource(String location) {
				assertThat(location).isEqualTo(expected);
				return new StreamResource(streamOrFailure);
			}

		};
	}

	private static final class StreamResource extends AbstractResource {

		private final Object streamOrFailure;

		StreamResource(Object streamOrFailure) {
			this.streamOrFailure = streamOrFailure;
		}

		@Override
		public String getDescription() {
			return "secret-detail";
		}

		@Override
		public InputStream getInputStream() throws IOException {
			if (this.streamOrFailure instanceof IOException failure) {
				throw failure;
			}
			if (this.streamOrFailure instanceof RuntimeException failure) {
				throw failure;
			}
			return (InputStream) this.streamOrFailure;
		}

	}

	private static final class EndlessStream extends InputStream {

		@Override
		public int read() {
			return ' ';
		}

	}

}
