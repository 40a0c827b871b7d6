// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PerformancePageTests {

	private static final String PAGE = """
			# Page

			<!-- begin one -->
			old
			<!-- end one -->
			text
			<!-- begin two -->
			<!-- end two -->
			""";

	@Test
	void replaceWhenSectionIsThereThenLeavesTheRest() {
		String once = PerformancePage.replace(PAGE, "one", "new");
		assertThat(once).isEqualTo("""
				# Page

				<!-- begin one -->

				new

				<!-- end one -->
				text
				<!-- begin two -->
				<!-- end two -->
				""");
		assertThat(PerformancePage.replace(once, "one", "new")).isEqualTo(once);
	}

	@Test
	void replaceWhenSectionIsMissingThenSaysWhatToAdd() {
		assertThatIllegalArgumentException().isThrownBy(() -> PerformancePage.replace(PAGE, "three", "new"))
			.withMessageContaining("<!-- begin three -->")
			.withMessageContaining("<!-- end three -->");
	}

	@Test
	void replaceWhenMeasuredThenSaysWhereAndWhen(@TempDir Path directory) throws IOException {
		Path page = Files.writeString(directory.resolve("performance.md"), PAGE);
		Environment environment = Environment.current();
		new PerformancePage(directory).replace("two", environment, "figures\n");
		assertThat(Files.readString(page))
			.contains("<!-- begin two -->\n\n" + environment + "\n\nfigures\n\n<!-- end two -->")
			.contains("Measured on " + environment.date(), environment.java(), environment.springBoot());
	}

	@Test
	void imageWhenDirectoryIsMissingThenMakesIt(@TempDir Path directory) throws IOException {
		new PerformancePage(directory).image("plot.svg", "<svg/>");
		assertThat(directory.resolve("images/plot.svg")).hasContent("<svg/>");
	}

}
