// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the sample as it was processed ahead of time, and of the runs that train a
 * cache for it, in a process of its own.
 */
class AheadOfTimeTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final List<Process> processes = new ArrayList<>();

	@TempDir
	Path directory;

	private Path output;

	private String classPath;

	@BeforeEach
	void prepare() throws IOException {
		this.output = this.directory.resolve("output.txt");
		this.classPath = jars(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
	}

	@AfterEach
	void stop() {
		this.processes.forEach(Process::destroyForcibly);
		this.zitadel.close();
	}

	@Test
	void runWhenProcessedAheadOfTimeThenCallsOut() throws IOException {
		run("-Dspring.aot.enabled=true");
		awaitOutput("Starting AOT-processed SampleApplication");
		awaitOutput("as service user 'service-user' (" + this.zitadel.serviceUser().id() + ")");
		assertThat(this.zitadel.tokenRequests()).hasSize(1);
	}

	@Test
	void runWhenProcessedAheadOfTimeThenPropertiesAreThoseOfTheRun() throws IOException {
		run("-Dspring.aot.enabled=true", "-Dzitadel.service-user.verify-on-startup=true",
				"-Dzitadel.service-user.scopes=openid,profile,urn:zitadel:iam:user:metadata");
		awaitOutput("as service user 'service-user'");
		assertThat(this.zitadel.tokenRequests()).hasSize(1)
			.allMatch((request) -> request.requestedScopes().contains("urn:zitadel:iam:user:metadata"));
	}

	@Test
	void runWhenItTrainsACacheThenZitadelIsNotAsked() throws Exception {
		Path archive = this.directory.resolve("sample.jsa");
		Process training = run("-XX:ArchiveClassesAtExit=" + archive, "-Dspring.context.exit=onRefresh",
				"-Dspring.aot.enabled=true", "-Dzitadel.service-user.verify-on-startup=true");
		assertThat(training.waitFor(120, TimeUnit.SECONDS)).isTrue();
		assertThat(training.exitValue()).as(text()).isZero();
		assertThat(archive).exists();
		assertThat(this.zitadel.discovery().requestCount()).isZero();
		assertThat(this.zitadel.tokenEndpoint().requestCount()).isZero();

		run("-XX:SharedArchiveFile=" + archive, "-Dspring.aot.enabled=true");
		awaitOutput("as service user 'service-user'");
	}

	private Process run(String... options) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", this.classPath, SampleApplication.class.getName(), "--server.port=0",
				"--zitadel.service-user.issuer-uri=" + this.zitadel.issuer(),
				"--zitadel.service-user.key-location=" + this.zitadel.serviceUser().key().keyFile()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.output.toFile())
			.start();
		this.processes.add(process);
		return process;
	}

	/**
	 * A cache of classes is made of jars only.
	 */
	private String jars(String classPath) throws IOException {
		List<String> jars = new ArrayList<>();
		for (String entry : classPath.split(File.pathSeparator)) {
			jars.add(Files.isDirectory(Path.of(entry)) ? pack(Path.of(entry), jars.size()).toString() : entry);
		}
		return String.join(File.pathSeparator, jars);
	}

	private Path pack(Path classes, int index) throws IOException {
		Path jar = this.directory.resolve("classes-" + index + ".jar");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
				Stream<Path> files = Files.walk(classes)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				zip.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
				Files.copy(file, zip);
				zip.closeEntry();
			}
		}
		return jar;
	}

	private void awaitOutput(String text) {
		Awaitility.await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> assertThat(text()).contains(text));
	}

	private String text() throws IOException {
		return Files.readString(this.output);
	}

}
