// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application uploads more than it has memory for, and each of its tokens is rejected
 * on the way: the server has the whole body with a token that it takes, by the same call
 * where the body can be sent again, and otherwise by the next.
 */
class UploadTests {

	/**
	 * More than the memory, and as much more as one likes.
	 */
	private static final long SIZE = Long.getLong("upload.mebibytes", 72) * 1024 * 1024;

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource(Library.class)
	void uploadWhenLargerThanTheMemoryThenArrivesWhole(Library library) throws Exception {
		try (UploadServer server = new UploadServer()) {
			assertThat(run(library, server)).containsExactly(library.isReactive() ? reactive() : blocking());
			int uploads = library.isReactive() ? 3 : 6;
			assertThat(server.received()).hasSize(2 * uploads)
				.allSatisfy((received) -> assertThat(received.bytes()).isBetween(SIZE, SIZE + 1024));
			assertThat(server.received()).extracting(UploadServer.Received::status)
				.containsExactlyElementsOf(
						Stream.generate(() -> List.of(401, 200)).limit(uploads).flatMap(List::stream).toList());
		}
	}

	private static String[] blocking() {
		return new String[] { "RestClient, stream: 401, then 200", "RestClient, resource: 200",
				"RestClient, multipart: 200", "HTTP service, stream: 401, then 200", "HTTP service, resource: 200",
				"HTTP service, multipart: 200", "done" };
	}

	private static String[] reactive() {
		return new String[] { "WebClient, stream: 401, then 200", "WebClient, resource: 401, then 200",
				"WebClient, multipart: 401, then 200", "done" };
	}

	private List<String> run(Library library, UploadServer server) throws Exception {
		Path output = this.directory.resolve("output");
		Path answers = this.directory.resolve("answers");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
						"-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-classpath",
						System.getProperty("java.class.path"), Uploads.class.getName(), server.uri().toString(),
						Long.toString(SIZE), library.isReactive() ? "reactive" : "blocking", answers.toString()));
		library.properties().forEach((name, value) -> command.add("--" + name + "=" + value));
		command.add("--zitadel.service-user.issuer-uri=https://zitadel.example.com");
		command.add("--zitadel.service-user.allowed-hosts=" + server.uri().getAuthority());
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended").isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(answers).as("%s", Files.readString(output)).exists();
		return Files.readAllLines(answers);
	}

}
