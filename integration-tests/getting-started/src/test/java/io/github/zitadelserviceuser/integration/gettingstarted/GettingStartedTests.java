// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.gettingstarted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes a project of the words of {@code docs/getting-started.md} and nothing else, as it
 * is at step 3: without configuration. The build then builds it, with what this project
 * installs; {@link FirstCallTests} does the rest.
 */
class GettingStartedTests {

	static final String CONFIGURATION = "src/main/resources/application.yaml";

	private static final Pattern FILE = Pattern.compile("(?m)^`([^`\n]+)`\n\n```[a-z]+\n(.*?)```", Pattern.DOTALL);

	private final Path project = Path.of(System.getProperty("project.directory"));

	@Test
	void projectWhenMadeFromTheDocumentThenHasAllItsFiles() throws IOException {
		Map<String, String> files = filesOfTheDocument();
		assertThat(files).containsOnlyKeys("pom.xml", "src/main/java/com/example/WhoAmIApplication.java",
				"src/test/java/com/example/WhoAmITests.java", CONFIGURATION);
		files.remove(CONFIGURATION);
		FileSystemUtils.deleteRecursively(this.project);
		for (Map.Entry<String, String> file : files.entrySet()) {
			Path path = this.project.resolve(file.getKey());
			Files.createDirectories(path.getParent());
			Files.writeString(path, file.getValue());
		}
		assertThat(this.project.resolve(CONFIGURATION)).doesNotExist();
	}

	static Map<String, String> filesOfTheDocument() throws IOException {
		String document = Files.readString(Path.of("../../docs/getting-started.md"));
		Map<String, String> files = new LinkedHashMap<>();
		FILE.matcher(document).results().forEach((result) -> files.put(result.group(1), ofThisBuild(result.group(2))));
		return files;
	}

	/**
	 * The document names one release of Spring Boot, and that of ours which was published
	 * last; this build may be with another, and is of another.
	 */
	private static String ofThisBuild(String content) {
		return content
			.replaceFirst("(<artifactId>spring-boot-starter-parent</artifactId>\\s*<version>)[^<]+",
					"$1" + System.getProperty("spring-boot.version"))
			.replaceFirst("(<zitadel-service-user.version>)[^<]+", "$1" + System.getProperty("project.version"));
	}

}
