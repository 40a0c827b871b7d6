// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Which key files are warned about, since everybody may read them.
 */
@DisabledOnOs(OS.WINDOWS)
class SecretFileAccessTests {

	@TempDir
	Path directory;

	private Path file;

	@BeforeEach
	void openDirectory() throws IOException {
		allow(this.directory, "rwxr-xr-x");
		this.file = write(this.directory);
		assumeTrue(SecretFileAccess.isOpenToEverybody(this.file), "The place for temporary files is not for everybody");
	}

	@ParameterizedTest
	@ValueSource(strings = { "rw-------", "rw-r-----", "r--rw----" })
	void isOpenWhenFileIsTheOwnersOrAGroupsThenNot(String permissions) throws IOException {
		allow(this.file, permissions);
		assertThat(SecretFileAccess.isOpenToEverybody(this.file)).isFalse();
	}

	@Test
	void isOpenWhenDirectoryIsTheOwnersThenNot() throws IOException {
		allow(this.directory, "rwxr-x---");
		assertThat(SecretFileAccess.isOpenToEverybody(this.file)).isFalse();
	}

	@Test
	void isOpenWhenMountedByKubernetesThenNot() throws IOException {
		Path version = Files.createDirectory(this.directory.resolve("..2030_01_01"));
		write(version);
		Path data = Files.createSymbolicLink(this.directory.resolve("..data"), version.getFileName());
		Path link = Files.createSymbolicLink(this.directory.resolve("mounted.json"),
				data.getFileName().resolve("key.json"));
		assertThat(SecretFileAccess.isOpenToEverybody(link)).isFalse();
	}

	@Test
	void isOpenWhenThereIsNoFileThenNot() {
		assertThat(SecretFileAccess.isOpenToEverybody(this.directory.resolve("none.json"))).isFalse();
	}

	@Test
	void readWhenEverybodyMayThenIsWarnedAboutOnceAndUsed() throws IOException {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			Files.writeString(this.file, zitadel.serviceUser().key().json());
			KeyReader reader = KeyReader.json("zitadel.service-user", this.file.toString(),
					new DefaultResourceLoader());
			List<String> warnings = warnings(() -> assertThat(reader.read()).isEqualTo(reader.read()));
			assertThat(warnings).singleElement()
				.asString()
				.startsWith("Every user of this machine can read the key")
				.contains("'" + this.file + "' (property 'zitadel.service-user.key-location')");
			allow(this.file, "rw-------");
			assertThat(warnings(
					KeyReader.json("zitadel.service-user", this.file.toString(), new DefaultResourceLoader())::read))
				.isEmpty();
		}
	}

	@Test
	void readWhenEverybodyMayReadAClientSecretThenIsWarnedAboutInItsName() throws IOException {
		Files.writeString(this.file, "s3cr3t");
		SecretReader reader = SecretReader.at(CredentialKind.CLIENT_SECRET, "zitadel.service-user",
				this.file.toString(), new DefaultResourceLoader());
		assertThat(warnings(() -> assertThat(reader.read()).isEqualTo(reader.read()))).singleElement()
			.asString()
			.startsWith("Every user of this machine can read the client secret of the ZITADEL service user in '")
			.contains("zitadel.service-user.client-secret-location")
			.doesNotContain("s3cr3t");
	}

	private static List<String> warnings(Runnable cause) {
		return JdkLog.of(SecretLocation.class, cause);
	}

	private static Path write(Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("key.json"), "{}");
		allow(file, "rw-r--r--");
		return file;
	}

	private static void allow(Path path, String permissions) throws IOException {
		Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
	}

}
