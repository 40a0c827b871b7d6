// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample.aot;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several service users in an application that was processed ahead of time, as Spring
 * Boot's build plugins do it.
 */
class NamedUsersAheadOfTimeTests {

	private static final String CALLED = "Called as ";

	private static final String APPLICATION = NamedUsersApplication.class.getName();

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final String classPath = System.getProperty("surefire.test.class.path",
			System.getProperty("java.class.path"));

	@TempDir
	Path directory;

	@AfterEach
	void stop() {
		this.zitadel.close();
	}

	@Test
	void runWhenOneUserWasKnownAheadOfTimeAndAnotherIsNotThenBothCallOut() throws Exception {
		Path classes = processAheadOfTime("--zitadel.service-users.billing.key-location=known/when/it/runs");
		assertThat(this.zitadel.discovery().requestCount()).isZero();

		FakeServiceUser billing = this.zitadel.createServiceUser("billing");
		FakeServiceUser partner = this.zitadel.createServiceUser("partner");
		String output = java("-Dspring.aot.enabled=true", "-cp", classes + File.pathSeparator + this.classPath,
				APPLICATION, "--spring.main.web-application-type=none",
				"--zitadel.service-user.issuer-uri=" + this.zitadel.issuer(),
				"--zitadel.service-user.key-location=" + this.zitadel.serviceUser().keyFile(),
				"--zitadel.service-users.billing.key-location=" + billing.keyFile(),
				"--zitadel.service-users.partner.key-location=" + partner.keyFile());
		assertThat(output).contains("Starting AOT-processed NamedUsersApplication");
		assertThat(output.lines().filter((line) -> line.contains(CALLED)).map(NamedUsersAheadOfTimeTests::called))
			.satisfiesExactly((line) -> assertThat(line).startsWith("acme: ").contains(this.zitadel.serviceUser().id()),
					(line) -> assertThat(line).startsWith("billing: ").contains(billing.id()),
					(line) -> assertThat(line).startsWith("billing, reactive: ").contains(billing.id()),
					(line) -> assertThat(line).startsWith("partner: ").contains(partner.id()),
					(line) -> assertThat(line).startsWith("user billing: ").contains(billing.id()),
					(line) -> assertThat(line).startsWith("user default: ").contains(this.zitadel.serviceUser().id()),
					(line) -> assertThat(line).startsWith("user partner: ").contains(partner.id()));
		assertThat(this.zitadel.tokenRequests()).hasSize(3);
	}

	private static String called(String line) {
		return line.substring(line.indexOf(CALLED) + CALLED.length());
	}

	/**
	 * As the goal {@code process-aot} of Boot's Maven plugin, and the compiler after it.
	 */
	private Path processAheadOfTime(String... arguments) throws Exception {
		Path sources = this.directory.resolve("sources");
		Path resources = this.directory.resolve("resources");
		Path classes = Files.createDirectories(this.directory.resolve("classes"));
		List<String> command = new ArrayList<>(
				List.of("-cp", this.classPath, "org.springframework.boot.SpringApplicationAotProcessor", APPLICATION,
						sources.toString(), resources.toString(), classes.toString(), "com.example", "example",
						"--spring.main.web-application-type=none"));
		command.addAll(List.of(arguments));
		java(command.toArray(String[]::new));
		List<String> compile = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp",
				classes + File.pathSeparator + this.classPath));
		try (Stream<Path> files = Files.walk(sources)) {
			files.filter((file) -> file.toString().endsWith(".java")).map(Path::toString).forEach(compile::add);
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, compile.toArray(String[]::new))).isZero();
		return classes;
	}

	private String java(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
		command.addAll(List.of(arguments));
		Path output = Files.createTempFile(this.directory, "output", ".txt");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		String text = Files.readString(output);
		assertThat(process.exitValue()).as(text).isZero();
		return text;
	}

}
