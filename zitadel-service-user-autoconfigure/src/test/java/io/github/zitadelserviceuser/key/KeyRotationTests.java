// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What happens to the file of a key while it is in use.
 */
class KeyRotationTests {

	@TempDir
	private Path directory;

	private final RecordingKeyListener listener = new RecordingKeyListener();

	private Path file;

	private LastGoodKey key;

	@BeforeEach
	void start() throws IOException {
		this.file = write(this.directory.resolve("key.json"), "1");
		this.key = lastGood(this.file);
		assertThat(this.key.read().keyId()).isEqualTo("1");
		assertThat(this.listener.take()).isEmpty();
	}

	@Test
	void readWhenFileIsRenamedOverThenTheNewOneIsUsed() throws IOException {
		Path next = write(this.directory.resolve("next.json"), "2");
		Files.move(next, this.file, StandardCopyOption.ATOMIC_MOVE);
		assertThat(this.key.get().keyId()).isEqualTo("1");
		assertThat(this.key.read().keyId()).isEqualTo("2");
		assertThat(this.key.get().keyId()).isEqualTo("2");
		assertThat(this.listener.take()).containsExactly("replaced 1 by 2");
		assertThat(this.key.read().keyId()).isEqualTo("2");
		assertThat(this.listener.take()).isEmpty();
	}

	@Test
	void readWhenKubernetesSwapsTheLinkThenTheNewOneIsUsed() throws IOException {
		Path volume = Files.createDirectory(this.directory.resolve("volume"));
		write(Files.createDirectory(volume.resolve("..2026_01")).resolve("key.json"), "1");
		write(Files.createDirectory(volume.resolve("..2026_02")).resolve("key.json"), "2");
		Path data = Files.createSymbolicLink(volume.resolve("..data"), Path.of("..2026_01"));
		Path link = Files.createSymbolicLink(volume.resolve("key.json"), Path.of("..data", "key.json"));
		LastGoodKey mounted = lastGood(link);
		assertThat(mounted.read().keyId()).isEqualTo("1");
		Path swapped = Files.createSymbolicLink(volume.resolve("..data_tmp"), Path.of("..2026_02"));
		Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE);
		assertThat(mounted.read().keyId()).isEqualTo("2");
		assertThat(this.listener.take()).containsExactly("replaced 1 by 2");
	}

	@Test
	void readWhenFileIsHalfWrittenThenTheOneBeforeIsKept() throws IOException {
		String json = Keys.json("keyId", "2");
		for (int length : new int[] { 0, 1, json.length() / 2, json.length() - 1 }) {
			Files.writeString(this.file, json.substring(0, length));
			assertThat(this.key.read().keyId()).isEqualTo("1");
			assertThat(this.key.problem()).isNotNull();
		}
		assertThat(this.listener.take()).containsExactly("kept 1: there is nothing in it",
				"kept 1: the JSON is damaged or was cut off");
		Files.writeString(this.file, json);
		assertThat(this.key.read().keyId()).isEqualTo("2");
		assertThat(this.key.problem()).isNull();
		assertThat(this.listener.take()).containsExactly("readable 2", "replaced 1 by 2");
	}

	@Test
	void readWhenFileIsDeletedAndComesBackThenIsToldOfOnce() throws IOException {
		Files.delete(this.file);
		for (int i = 0; i < 3; i++) {
			assertThat(this.key.read().keyId()).isEqualTo("1");
		}
		assertThat(this.listener.take()).containsExactly("kept 1: there is no such file");
		write(this.file, "1");
		assertThat(this.key.read().keyId()).isEqualTo("1");
		assertThat(this.listener.take()).containsExactly("readable 1");
		assertThat(this.key.read().keyId()).isEqualTo("1");
		assertThat(this.listener.take()).isEmpty();
		Files.delete(this.file);
		this.key.read();
		assertThat(this.listener.take()).as("another incident").hasSize(1);
	}

	@Test
	void readWhenTheKeyOfAnApplicationIsPutThereThenTheOneBeforeIsKept() throws IOException {
		Files.writeString(this.file, Keys.json("type", "application"));
		assertThat(this.key.read().keyId()).isEqualTo("1");
		assertThat(this.listener.take())
			.containsExactly("kept 1: this is the key of an application, which no service user can use");
		Secrets.assertNotShown(this.key.problem(), Keys.RSA);
	}

	@Test
	void getWhenItWasNeverReadableThenFailsUntilItIs() throws IOException {
		Files.delete(this.file);
		LastGoodKey never = lastGood(this.file);
		assertThatExceptionOfType(InvalidServiceUserKeyException.class).isThrownBy(never::get);
		assertThatExceptionOfType(InvalidServiceUserKeyException.class).isThrownBy(never::read);
		assertThat(never.problem()).isNull();
		write(this.file, "1");
		assertThat(never.get().keyId()).isEqualTo("1");
		assertThat(this.listener.take()).isEmpty();
	}

	@Test
	void originNamesTheKindAndThePlace() {
		assertThat(this.key.origin()).isEqualTo("the JSON key file of ZITADEL's console at '" + this.file
				+ "' (property 'zitadel.service-user.key-location')");
		KeyReader pem = KeyReader.pem("zitadel.service-user", "1", "2", Keys.pkcs1(Keys.RSA),
				new DefaultResourceLoader());
		assertThat(pem.origin()).isEqualTo("a private key of one's own at the value of property "
				+ "'zitadel.service-user.private-key-location', for which 'zitadel.service-user.key-id' must be the id "
				+ "that ZITADEL gave to the uploaded public key, and 'zitadel.service-user.user-id' the number that is "
				+ "the id of the service user");
	}

	private LastGoodKey lastGood(Path path) {
		return new LastGoodKey(KeyReader.json("zitadel.service-user", path.toString(), new DefaultResourceLoader()),
				List.of(this.listener));
	}

	private static Path write(Path path, String keyId) throws IOException {
		return Files.writeString(path, Keys.json("keyId", keyId));
	}

}
