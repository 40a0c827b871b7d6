// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.gettingstarted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes the last step of {@code docs/getting-started.md}: the configuration is put in its
 * place, and what the project was built to is run. Only the issuer is another one.
 */
class FirstCallTests {

	private final Path project = Path.of(System.getProperty("project.directory"));

	@Test
	void mainWhenConfiguredAsInTheDocumentThenIsTheServiceUser() throws Exception {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			configure(zitadel);
			zitadel.serviceUser().lock();
			assertThat(run()).contains("TokenRequestException", "Errors.User.NotActive").doesNotContain("I am");
			zitadel.serviceUser().reactivate();
			assertThat(run()).contains("I am UserInfo[sub=" + zitadel.serviceUser().id());
		}
	}

	private void configure(FakeZitadel zitadel) throws IOException {
		String yaml = GettingStartedTests.filesOfTheDocument().get(GettingStartedTests.CONFIGURATION);
		assertThat(yaml).contains("https://my-instance.zitadel.cloud");
		Path file = this.project.resolve(GettingStartedTests.CONFIGURATION);
		Files.createDirectories(file.getParent());
		Files.writeString(file, yaml.replace("https://my-instance.zitadel.cloud", zitadel.issuer()));
		Files.writeString(this.project.resolve("zitadel-key.json"), Files.readString(zitadel.serviceUser().keyFile()));
	}

	private String run() throws Exception {
		Path output = Files.createTempFile(this.project.resolve("target"), "run", ".log");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", "target/who-am-i-1.0.0-SNAPSHOT.jar",
				"--spring.config.additional-location=file:src/main/resources/")
			.directory(this.project.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			return Files.readString(output);
		}
		finally {
			process.destroyForcibly();
		}
	}

}
