// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The page of the documentation that holds what was measured. A run replaces its own
 * section and leaves the rest.
 *
 * @since 0.1.0
 */
public final class PerformancePage {

	private static final String FILE = "performance.md";

	private final Path directory;

	/**
	 * Create a new page.
	 * @param directory the directory of the documentation
	 */
	public PerformancePage(Path directory) {
		this.directory = directory;
	}

	/**
	 * See that the page is there, before a run of minutes finds that it is not.
	 */
	public void check() {
		if (!Files.isWritable(this.directory.resolve(FILE))) {
			throw new IllegalArgumentException("There is no " + FILE + " in '" + this.directory
					+ "' to write the results into. Set -Ddocs to a copy of the directory 'docs'");
		}
	}

	/**
	 * Replace a section, under the environment that its figures come from.
	 * @param name the name in the markers of the section
	 * @param environment where it was measured
	 * @param content the section as Markdown
	 * @throws IOException if the page cannot be read or written
	 */
	public void replace(String name, Environment environment, String content) throws IOException {
		Path page = this.directory.resolve(FILE);
		String text = Files.readString(page);
		Files.writeString(page, replace(text, name, environment + "\n\n" + content.strip()));
	}

	/**
	 * Write an image beside the page.
	 * @param name the name of the file
	 * @param svg the image
	 * @throws IOException if it cannot be written
	 */
	public void image(String name, String svg) throws IOException {
		Path images = Files.createDirectories(this.directory.resolve("images"));
		Files.writeString(images.resolve(name), svg);
	}

	static String replace(String text, String name, String content) {
		String begin = "<!-- begin " + name + " -->";
		String end = "<!-- end " + name + " -->";
		int from = text.indexOf(begin);
		int to = text.indexOf(end, Math.max(from, 0));
		if (from < 0 || to < 0) {
			throw new IllegalArgumentException("The page has no place for '" + name + "'; add the lines '" + begin
					+ "' and '" + end + "' where the results should stand");
		}
		return text.substring(0, from + begin.length()) + "\n\n" + content + "\n\n" + text.substring(to);
	}

}
