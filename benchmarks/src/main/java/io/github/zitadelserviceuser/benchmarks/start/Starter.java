// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.start;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.zitadelserviceuser.fake.FakeZitadel;

import org.springframework.util.FileSystemUtils;

/**
 * Starts applications, each in a process of its own, with the class path of jars that it
 * would have.
 */
final class Starter implements AutoCloseable {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final Path keyFile = Path.of(this.zitadel.serviceUser().key().keyFile().toString());

	private final Path directory;

	private final PackedClassPath jars;

	Starter() throws IOException {
		this.directory = Files.createTempDirectory("start");
		this.jars = new PackedClassPath(this.directory);
	}

	/**
	 * Start each of several applications once, and then in turn, so that what else the
	 * machine does is the same for all. The first time is for the file cache.
	 * @param rounds how many times
	 * @param starts where to add what each start took
	 * @throws IOException if a process cannot be started
	 * @throws InterruptedException if interrupted
	 */
	void inTurn(int rounds, Map<Application, List<Start>> starts) throws IOException, InterruptedException {
		for (int i = -1; i < rounds; i++) {
			for (Map.Entry<Application, List<Start>> each : starts.entrySet()) {
				Start start = start(each.getKey());
				if (i >= 0) {
					each.getValue().add(start);
				}
			}
		}
	}

	/**
	 * Have an application write what an aid needs.
	 * @param application the application
	 * @throws IOException if the process cannot be started
	 * @throws InterruptedException if interrupted
	 */
	void train(Application application) throws IOException, InterruptedException {
		Path archive = archive(application);
		String output = run(application.variant(), application.aid().training(archive));
		if (!Files.exists(archive)) {
			throw new IllegalStateException("The training run of " + application + " left nothing:\n" + output);
		}
	}

	private Start start(Application application) throws IOException, InterruptedException {
		int before = requests();
		String output = run(application.variant(), application.aid().use(archive(application)));
		// What the JVM says of an archive is that it cannot use it.
		if (output.contains("[cds") || output.contains("[aot")) {
			throw new IllegalStateException(application + " started without its aid:\n" + output);
		}
		String line = output.lines()
			.filter((candidate) -> candidate.startsWith(StartedApplication.RESULT))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(application + " did not start:\n" + output));
		return Start.of(line, requests() - before);
	}

	private String run(Variant variant, List<String> options) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-classpath", this.jars.of(variant.classPath()), StartedApplication.class.getName(),
				"--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off",
				"--logging.level.root=error"));
		command.addAll(variant.properties(this.zitadel, this.keyFile));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		process.waitFor();
		return output;
	}

	private Path archive(Application application) {
		return this.directory.resolve(application.variant().name() + "." + application.aid().name());
	}

	private int requests() {
		return this.zitadel.discovery().requestCount() + this.zitadel.tokenEndpoint().requestCount();
	}

	@Override
	public void close() throws IOException {
		this.zitadel.close();
		FileSystemUtils.deleteRecursively(this.directory);
	}

	/**
	 * An application, and how it is started.
	 *
	 * @param variant what is on its class path
	 * @param aid what makes its start faster
	 */
	record Application(Variant variant, Aid aid) {

	}

}
