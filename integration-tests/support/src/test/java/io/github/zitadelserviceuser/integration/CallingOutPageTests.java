// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the page on the ways of calling out: its code is compiled, and each cell of
 * its table is a test.
 */
class CallingOutPageTests {

	private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	private static final Pattern SUPER_CLASS = Pattern.compile(" extends (\\w+)");

	private static final Pattern WAY = Pattern
		.compile("@Test\n\tvoid (callWhen\\w+Then(?:Authorized|UsersShareOneToken))\\(");

	private final String page = read(Path.of("../../docs/calling-out.md"));

	private final Map<String, String> sources = sources();

	@Test
	void javaWhenShownThenIsCompiled() {
		String code = this.sources.values().stream().map(CallingOutPageTests::flat).collect(Collectors.joining("\n"));
		List<String> snippets = JAVA.matcher(this.page).results().map((result) -> flat(result.group(1))).toList();
		assertThat(snippets).hasSizeGreaterThan(10).allSatisfy((snippet) -> assertThat(code).contains(snippet));
	}

	@Test
	void cellWhenFilledThenIsATestAndEveryTestHasItsCell() {
		List<List<String>> table = this.page.lines()
			.filter((line) -> line.startsWith("|"))
			.map((line) -> List.of(line.substring(1).split("\\|", -1)))
			.toList();
		Set<String> cells = new LinkedHashSet<>();
		for (List<String> row : table.subList(2, table.size())) {
			String method = code(row.get(1)).get(0);
			for (int column = 2; column < row.size() - 1; column++) {
				List<String> classes = code(table.get(0).get(column));
				if (!row.get(column).isBlank()) {
					assertThat(row.get(column)).contains("4.1");
					cells.add(
							method + " of " + classes.stream().filter((name) -> tests(name).contains(method)).toList());
				}
			}
		}
		Set<String> tests = new LinkedHashSet<>();
		table.get(0)
			.subList(2, table.get(0).size() - 1)
			.stream()
			.flatMap((header) -> code(header).stream())
			.forEach((name) -> tests(name).forEach((method) -> tests.add(method + " of [" + name + "]")));
		assertThat(cells).hasSizeGreaterThan(40).containsExactlyInAnyOrderElementsOf(tests);
	}

	/**
	 * The tests of a class that are a way, its own and those of the contract it extends.
	 */
	private List<String> tests(String className) {
		String source = this.sources.get(className + ".java");
		assertThat(source).as(className).isNotNull();
		List<String> methods = new ArrayList<>(WAY.matcher(source).results().map((result) -> result.group(1)).toList());
		SUPER_CLASS.matcher(source).results().forEach((result) -> methods.addAll(tests(result.group(1))));
		return methods;
	}

	private static List<String> code(String text) {
		return CODE.matcher(text).results().map((MatchResult result) -> result.group(1)).toList();
	}

	private static Map<String, String> sources() {
		try (Stream<Path> files = Files.walk(Path.of(".."))) {
			return files.filter((file) -> file.toString().matches(".*/src/(main|test)/java/.*\\.java"))
				.collect(Collectors.toMap((file) -> file.getFileName().toString(), CallingOutPageTests::read,
						(one, other) -> one + other));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Without indentation, which differs between the page and the sources.
	 */
	private static String flat(String text) {
		return text.lines().map(String::strip).filter((line) -> !line.isEmpty()).collect(Collectors.joining("\n"));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
