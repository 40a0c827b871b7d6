// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts that the documentation quotes: the paragraphs of its {@code text} blocks,
 * wrapped as they may be, with placeholders such as {@code <host>}.
 */
final class TroubleshootingPage {

	private static final Path FILE = Path.of("..", "docs", "troubleshooting.md");

	private static final Pattern BLOCK = Pattern.compile("^```text\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern PLACEHOLDER = Pattern.compile("<[a-z][a-z' -]*>");

	private TroubleshootingPage() {
	}

	static List<String> quotes() throws IOException {
		List<String> quotes = new ArrayList<>();
		Matcher block = BLOCK.matcher(Files.readString(FILE));
		while (block.find()) {
			for (String paragraph : block.group(1).split("\\n\\s*\\n", -1)) {
				quotes.add(unwrap(paragraph));
			}
		}
		return quotes;
	}

	/**
	 * Return whether a text is what the page quotes.
	 */
	static boolean matches(String wrapped, String text) {
		String quote = unwrap(wrapped);
		StringBuilder regex = new StringBuilder();
		Matcher placeholder = PLACEHOLDER.matcher(quote);
		int end = 0;
		while (placeholder.find()) {
			regex.append(Pattern.quote(quote.substring(end, placeholder.start()))).append(".+?");
			end = placeholder.end();
		}
		regex.append(Pattern.quote(quote.substring(end)));
		return unwrap(text).matches(regex.toString());
	}

	private static String unwrap(String text) {
		return text.strip().replaceAll("\\s+", " ");
	}

}
