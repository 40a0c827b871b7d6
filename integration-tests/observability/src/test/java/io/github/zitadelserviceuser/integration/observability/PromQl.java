// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.observability;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which metrics and labels an expression of PromQL names.
 *
 * @param metrics the names of metrics
 * @param labels the names of labels
 */
record PromQl(Set<String> metrics, Set<String> labels) {

	private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");

	private static final Pattern SELECTOR = Pattern.compile("\\{([^}]*)}");

	private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)");

	private static final Pattern GROUPING = Pattern
		.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");

	private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");

	private static final Pattern FUNCTION = Pattern.compile("[a-zA-Z_]\\w*\\s*\\(");

	private static final Pattern NAME = Pattern.compile("\\b[a-zA-Z_]\\w*");

	private static final Set<String> OPERATORS = Set.of("and", "or", "unless");

	static PromQl of(String expression) {
		Set<String> labels = new TreeSet<>();
		String rest = TEXT.matcher(expression).replaceAll("''");
		Matcher selectors = SELECTOR.matcher(rest);
		while (selectors.find()) {
			MATCHER.matcher(selectors.group(1)).results().forEach((match) -> labels.add(match.group(1)));
		}
		rest = SELECTOR.matcher(rest).replaceAll("");
		Matcher groupings = GROUPING.matcher(rest);
		while (groupings.find()) {
			labels.addAll(Set.of(groupings.group(1).strip().split("\\s*,\\s*")));
		}
		rest = FUNCTION.matcher(RANGE.matcher(GROUPING.matcher(rest).replaceAll("")).replaceAll("")).replaceAll("(");
		Set<String> metrics = new TreeSet<>();
		NAME.matcher(rest)
			.results()
			.map(MatchResult::group)
			.filter((name) -> !OPERATORS.contains(name))
			.forEach(metrics::add);
		return new PromQl(metrics, labels);
	}

}
