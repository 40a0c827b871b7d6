// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.connection;

import java.io.File;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.DockerComposeFile;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the services of a Compose file supply, up to the edge of a container.
 */
class DockerComposeConnectionTests {

	private final Map<String, String> env = new LinkedHashMap<>(
			Map.of("ZITADEL_EXTERNALSECURE", "false", "ZITADEL_PORT", "9000"));

	private final Map<String, String> labels = new LinkedHashMap<>();

	@TempDir
	Path directory;

	@Test
	void detailsWhenImageIsZitadelsThenHaveIssuerAndKeyBesideTheComposeFile() throws Exception {
		this.labels.put("io.github.zitadelserviceuser.key-location", "machinekey/key.json");
		ZitadelServiceUserConnectionDetails details = details("ghcr.io/zitadel/zitadel:v4.1.0");
		assertThat(details.getIssuerUri()).isEqualTo("http://localhost:19000");
		assertThat(details.getBaseUrl()).isNull();
		assertThat(details.getKeyLocation()).isEqualTo(this.directory.resolve("machinekey/key.json").toString());
	}

	@Test
	void keyLocationOfAUserWhenALabelNamesItThenIsBesideTheComposeFile() throws Exception {
		this.labels.put("io.github.zitadelserviceuser.billing.key-location", "machinekey/billing.json");
		ZitadelServiceUserConnectionDetails details = details("ghcr.io/zitadel/zitadel:v4.1.0");
		assertThat(details.getKeyLocation("billing"))
			.isEqualTo(this.directory.resolve("machinekey/billing.json").toString());
		assertThat(details.getKeyLocation("partner")).isNull();
	}

	@Test
	void detailsWhenDomainIsAnotherThenHaveTheAddressToo() throws Exception {
		this.env.put("ZITADEL_EXTERNALDOMAIN", "id.example.com");
		ZitadelServiceUserConnectionDetails details = details("ghcr.io/zitadel/zitadel");
		assertThat(details.getIssuerUri()).isEqualTo("http://id.example.com:8080");
		assertThat(details.getBaseUrl()).isEqualTo("http://localhost:19000");
	}

	@Test
	void detailsWhenIssuerIsALabelThenIsThatOne() throws Exception {
		this.labels.put("io.github.zitadelserviceuser.issuer-uri", "http://zitadel.localhost:8888");
		ZitadelServiceUserConnectionDetails details = details("ghcr.io/zitadel/zitadel");
		assertThat(details.getIssuerUri()).isEqualTo("http://zitadel.localhost:8888");
		assertThat(details.getBaseUrl()).isNull();
	}

	@Test
	void detailsWhenImageIsAnotherThenOnlyByLabel() throws Exception {
		assertThat(details("registry.example.com/identity")).isNull();
		this.labels.put("org.springframework.boot.service-connection", "zitadel");
		assertThat(details("registry.example.com/identity")).isNotNull();
	}

	@Test
	void keyLocationWhenLabelIsMissingThenSaysWhatToDo() throws Exception {
		assertThatExceptionOfType(InvalidServiceUserKeyException.class)
			.isThrownBy(details("ghcr.io/zitadel/zitadel")::getKeyLocation)
			.withMessageContaining("service 'identity'")
			.withMessageContaining("no label 'io.github.zitadelserviceuser.key-location'");
	}

	private ZitadelServiceUserConnectionDetails details(String image) throws Exception {
		File file = Files.writeString(this.directory.resolve("compose.yaml"), "services:\n").toFile();
		RunningService service = new Service(ImageReference.of(image), this.env, this.labels,
				DockerComposeFile.of(file));
		Constructor<DockerComposeConnectionSource> constructor = DockerComposeConnectionSource.class
			.getDeclaredConstructor(RunningService.class, Environment.class);
		constructor.setAccessible(true);
		Map<Class<?>, ConnectionDetails> found = new ConnectionDetailsFactories(getClass().getClassLoader())
			.getConnectionDetails(constructor.newInstance(service, new MockEnvironment()), false);
		return (ZitadelServiceUserConnectionDetails) found.get(ZitadelServiceUserConnectionDetails.class);
	}

	private record Service(ImageReference image, Map<String, String> env, Map<String, String> labels,
			DockerComposeFile composeFile) implements RunningService {

		@Override
		public String name() {
			return "identity";
		}

		@Override
		public String host() {
			return "localhost";
		}

		@Override
		public ConnectionPorts ports() {
			return new Ports();
		}

	}

	private static final class Ports implements ConnectionPorts {

		@Override
		public int get(int containerPort) {
			return 10_000 + containerPort;
		}

		@Override
		public List<Integer> getAll() {
			return List.of(19_000);
		}

		@Override
		public List<Integer> getAll(String protocol) {
			return getAll();
		}

	}

}
