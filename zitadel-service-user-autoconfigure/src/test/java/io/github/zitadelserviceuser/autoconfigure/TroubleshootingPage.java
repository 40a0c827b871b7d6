// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts that the documentation quotes, with placeholders such as {@code <host>}: the
 * paragraphs of its {@code text} blocks, wrapped as they may be, and the code in the
 * first cells of its tables.
 * <p>
 * A paragraph that ends with {@code …} is a beginning, with which the cells below it that
 * start with {@code …} go on. A cell that ends with it leaves out what the text says
 * further.
 */
final class TroubleshootingPage {

	private static final Path FILE = Path.of("..", "docs", "troubleshooting.md");

	private static final Pattern PART = Pattern.compile("^```text\\n(.*?)^```$|^\\| (`[^`]+`(?:<br>`[^`]+`)*) \\|",
			Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern PLACEHOLDER = Pattern.compile("<[a-z][a-z' -]*>");

	private static final Set<String> ONE_WORD = Set.of("<host>", "<key>", "<number>", "<origin>", "<status>", "<url>",
			"<user>");

	private static final String MORE = "…";

	private TroubleshootingPage() {
	}

	static List<Quote> quotes() throws IOException {
		return quotes(Files.readString(FILE));
	}

	static List<Quote> quotes(String page) {
		List<Quote> quotes = new ArrayList<>();
		List<String> beginnings = List.of();
		Matcher part = PART.matcher(page);
		while (part.find()) {
			if (part.group(1) != null) {
				List<String> paragraphs = paragraphs(part.group(1));
				beginnings = paragraphs.stream().filter((paragraph) -> paragraph.endsWith(MORE)).toList();
				paragraphs.stream()
					.filter((paragraph) -> !paragraph.endsWith(MORE))
					.forEach((paragraph) -> quotes.add(new Quote(List.of(), paragraph)));
			}
			else {
				for (String cell : part.group(2).split("<br>", -1)) {
					String text = cell.substring(1, cell.length() - 1);
					quotes.add(new Quote(text.startsWith(MORE) ? beginnings : List.of(), text));
				}
			}
		}
		return quotes;
	}

	/**
	 * Return the beginnings in the page, of which each has to go on somewhere.
	 */
	static List<String> beginnings() throws IOException {
		return PART.matcher(Files.readString(FILE))
			.results()
			.filter((part) -> part.group(1) != null)
			.flatMap((part) -> paragraphs(part.group(1)).stream())
			.filter((paragraph) -> paragraph.endsWith(MORE))
			.distinct()
			.toList();
	}

	private static List<String> paragraphs(String block) {
		return Pattern.compile("\\n\\s*\\n").splitAsStream(block).map(TroubleshootingPage::unwrap).toList();
	}

	private static String unwrap(String text) {
		return text.strip().replaceAll("\\s+", " ");
	}

	/**
	 * A text that the page quotes.
	 *
	 * @param beginnings what may stand before it, if it is the rest of a text
	 * @param text the text
	 */
	record Quote(List<String> beginnings, String text) {

		/**
		 * Return whether a text is what the page quotes.
		 */
		boolean matches(String said) {
			return this.text.startsWith(MORE) ? this.beginnings.stream().anyMatch((begin) -> matches(begin, said))
					: isSaid(this.text, said);
		}

		boolean matches(String beginning, String said) {
			return this.beginnings.contains(beginning)
					&& isSaid(beginning.substring(0, beginning.length() - 1) + this.text.substring(1).strip(), said);
		}

		/**
		 * Return how many words of it are always the same.
		 */
		int words() {
			return (int) Pattern.compile("\\p{L}{2,}")
				.matcher(PLACEHOLDER.matcher(this.text).replaceAll(""))
				.results()
				.count();
		}

		private static boolean isSaid(String quote, String said) {
			boolean cut = quote.endsWith(MORE);
			String text = cut ? quote.substring(0, quote.length() - 1).strip() : quote;
			StringBuilder regex = new StringBuilder();
			Matcher placeholder = PLACEHOLDER.matcher(text);
			int end = 0;
			while (placeholder.find()) {
				regex.append(Pattern.quote(text.substring(end, placeholder.start())))
					.append(ONE_WORD.contains(placeholder.group()) ? "\\S+?" : ".+?");
				end = placeholder.end();
			}
			regex.append(Pattern.quote(text.substring(end))).append(cut ? " .+" : "");
			return unwrap(said).matches(regex.toString());
		}

	}

}
