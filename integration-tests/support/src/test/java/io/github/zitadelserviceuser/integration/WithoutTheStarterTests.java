// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that has the starter on its class path is what it is without: the same
 * beans, answers, hooks and log. Each is run in a process of its own, since what is not
 * on the class path is the point.
 */
class WithoutTheStarterTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final ClassPath CLASS_PATH = new ClassPath();

	private static final String STARTER = "zitadel-service-user-starter";

	/**
	 * Ours, and what comes with Spring Boot's modules for clients: beans to make one by,
	 * on demand. Of Spring Security's reactive side it is the condition on a class alone.
	 */
	private static final Pattern ADDED = Pattern.compile("client .*|bean (serviceUser(Rest|Web)Client: .*"
			+ "|.*\\bio\\.github\\.zitadelserviceuser\\.(?!integration\\.).*"
			+ "|.*\\borg\\.springframework\\.boot\\.(http\\.client|http\\.codec|http\\.converter|restclient|webclient"
			+ "|reactor)\\..*|\\S*\\.ReactiveWebSecurityAutoConfiguration: .* by null)");

	/**
	 * What Spring Security has where there are its OAuth2 client and WebClient.
	 */
	private static final Pattern OF_SPRING_SECURITY = Pattern
		.compile("hook onLastOperatorHooks?: .*SecurityReactorContext.*|hook .*: .*SECURITY_REACTOR_CONTEXT_OPERATOR"
				+ "|bean .*SecurityReactorContext.*");

	private static final String OFF = "--zitadel.service-user.enabled=false";

	private static final String[] ON = { "--zitadel.service-user.issuer-uri=" + ZITADEL.issuer(),
			"--zitadel.service-user.key-location=" + ZITADEL.serviceUser().keyFile() };

	@TempDir
	Path directory;

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring-boot-starter", "spring-boot-starter-webmvc", "spring-boot-starter-webflux" })
	void startWhenStarterIsAddedThenApplicationIsTheSame(String kind) throws Exception {
		Run without = run("without", List.of(kind), List.of());
		List<Run> with = List.of(run("unset", List.of(kind, STARTER), List.of()),
				run("off", List.of(kind, STARTER), List.of(), OFF), run("on", List.of(kind, STARTER), List.of(), ON));
		for (Run run : with) {
			assertSame(without, run, ADDED.asMatchPredicate());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring-boot-starter", "spring-boot-starter-webmvc", "spring-boot-starter-webflux" })
	void startWhenThereIsSpringSecurityThenItIsTheSame(String kind) throws Exception {
		String security = "spring-boot-starter-security";
		Run without = run("without", List.of(kind, security), List.of());
		List<Run> with = List.of(run("off", List.of(kind, security, STARTER), List.of(), OFF),
				run("on", List.of(kind, security, STARTER), List.of(), ON));
		for (Run run : with) {
			assertSame(without, run, ADDED.asMatchPredicate());
		}
	}

	// The hook is Spring Security's, in an application that can have a use for it. One
	// that
	// has none leaves WebClient out.
	@Test
	void startWhenThereIsAnOAuth2ClientThenTheHookOfWebClientIsAddedUnlessItIsExcluded() throws Exception {
		List<String> own = List.of("spring-boot-starter-webmvc", "spring-boot-starter-security-oauth2-client");
		List<String> more = Stream.concat(own.stream(), Stream.of(STARTER)).toList();
		Run without = run("without", own, List.of());
		Run with = run("on", more, List.of(), ON);
		Run excluded = run("excluded", more, List.of("spring-boot-webclient", "spring-webflux"), ON);
		assertSame(without, with, ADDED.asMatchPredicate().or(OF_SPRING_SECURITY.asMatchPredicate()));
		assertThat(with.seen()).anyMatch((line) -> line.startsWith("hook "));
		assertSame(without, excluded, ADDED.asMatchPredicate());
	}

	private static void assertSame(Run without, Run with, Predicate<String> added) throws Exception {
		List<String> expected = without.seen();
		assertThat(expected).anyMatch((line) -> line.startsWith("bean comparedApplication"))
			.anyMatch((line) -> line.startsWith("log INFO"));
		assertThat(minus(expected, with.seen())).as("missing when %s", with).isEmpty();
		assertThat(minus(with.seen(), expected)).as("added when %s", with).allMatch(added);
	}

	private static List<String> minus(List<String> lines, List<String> others) {
		List<String> rest = new ArrayList<>(lines);
		others.forEach(rest::remove);
		return rest;
	}

	private Run run(String name, List<String> dependencies, List<String> excluded, String... arguments)
			throws IOException {
		Path seen = this.directory.resolve(name + ".txt");
		Path output = this.directory.resolve(name + ".log");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-Xmx256m", "-cp",
						Stream.of("target/test-classes", "target/classes", CLASS_PATH.of(dependencies, excluded))
							.collect(Collectors.joining(File.pathSeparator)),
						ComparedApplication.class.getName(), seen.toString(), output.toString(), "--server.port=0",
						"--spring.main.banner-mode=off", "--spring.reactor.netty.shutdown-quiet-period=0s",
						"--logging.pattern.console=%p %c %m%n"));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		return new Run(name, process, seen, output);
	}

	/**
	 * An application that is being run.
	 *
	 * @param name what is particular to it
	 * @param process the process
	 * @param file what was seen of it
	 * @param output what it printed
	 */
	private record Run(String name, Process process, Path file, Path output) {

		List<String> seen() throws Exception {
			assertThat(this.process.waitFor(2, TimeUnit.MINUTES)).as("%s ended in time", this.name).isTrue();
			assertThat(this.process.exitValue()).as("%s: %s", this.name, Files.readString(this.output)).isZero();
			return Files.readAllLines(this.file);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
