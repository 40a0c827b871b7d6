// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.zitadelserviceuser.autoconfigure.TroubleshootingPage.Quote;
import io.github.zitadelserviceuser.autoconfigure.service.HttpServiceCases;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The troubleshooting page quotes what the code says: every text once, and nothing else.
 * A new text gets a case in one of the lists, or in a list of its own that is named here.
 */
class TroubleshootingTests {

	private static final Map<String, String> TEXTS = new LinkedHashMap<>();

	private static List<Quote> quotes = List.of();

	@BeforeAll
	static void provoke(@TempDir Path directory) throws Exception {
		List<TroubleshootingCases> lists = List.of(new KeyFileCases(directory), new SecretCases(directory),
				new StartCases(), new RefusalCases(), new AnswerCases(), new ConnectionCases(), new CallCases(),
				new WaitingCases(), new LogCases(), new StartFailureCases(), new HttpServiceCases(),
				new NamedUserCases(), new HeaderCases());
		for (TroubleshootingCases list : lists) {
			list.provoke((name, text) -> assertThat(TEXTS.put(name, text)).as(name).isNull());
		}
		quotes = TroubleshootingPage.quotes();
	}

	@Test
	void everyTextIsQuotedOnce() {
		assertThat(TEXTS).hasSizeGreaterThan(110);
		assertThat(TEXTS.entrySet()
			.stream()
			.filter((text) -> quotesOf(text.getValue()).size() != 1)
			.map((text) -> text.getKey() + ": " + text.getValue() + "\nis " + quotesOf(text.getValue()))
			.collect(Collectors.joining("\n\n"))).isEmpty();
	}

	@Test
	void everyQuoteIsATextOfTheCode() {
		assertThat(quotes).hasSizeGreaterThan(100).doesNotHaveDuplicates();
		assertThat(quotes.stream()
			.filter((quote) -> TEXTS.values().stream().noneMatch(quote::matches))
			.map(Quote::text)
			.collect(Collectors.joining("\n\n"))).isEmpty();
	}

	@Test
	void everyQuoteHasWordsToSearchFor() {
		assertThat(quotes).allSatisfy((quote) -> assertThat(quote.words()).as(quote.text()).isGreaterThan(1));
	}

	@Test
	void everyBeginningGoesOn() throws IOException {
		assertThat(TroubleshootingPage.beginnings()).hasSizeGreaterThan(5)
			.allSatisfy((beginning) -> assertThat(TEXTS.values())
				.anyMatch((text) -> quotes.stream().anyMatch((quote) -> quote.matches(beginning, text))));
	}

	@Test
	void matchesWhenAWordDiffersThenIsFalse() {
		assertThat(quote("The host <host> is not allowed").matches("The host a.b is  not\nallowed")).isTrue();
		assertThat(quote("The host <host> is not allowed").matches("The host a.b is allowed")).isFalse();
		assertThat(quote("The host is <a>").matches("The host is a. Or not")).isTrue();
		assertThat(quote("The host <host> is not allowed").matches("The host a.b is not there: c is not allowed"))
			.isFalse();
		assertThat(quote("The host is").matches("The host is a")).isFalse();
		assertThat(quote("The host is not allowed. …").matches("The host is not allowed. Allow it")).isTrue();
		assertThat(quote("The host is not allowed. …").matches("The host is not allowed.")).isFalse();
	}

	@Test
	void quotesWhenACellGoesOnThenEachBeginningIsTried() {
		List<Quote> found = TroubleshootingPage.quotes("""
				```text
				The key in <place>
				is: …

				The secret in <place> is: …

				The end
				```

				| end | remedy |
				|---|---|
				| `… gone.`<br>`… not <what>.` | Look for `it`. |
				| `It is gone` |
				| Look for `it` | |
				""");
		assertThat(found).extracting(Quote::text).containsExactly("The end", "… gone.", "… not <what>.", "It is gone");
		assertThat(found.get(1).matches("The key in a is: gone.")).isTrue();
		assertThat(found.get(1).matches("The secret in a is: gone.")).isTrue();
		assertThat(found.get(1).matches("The token in a is: gone.")).isFalse();
		assertThat(found.get(1).matches("gone.")).isFalse();
		assertThat(found.get(2).matches("The key in a is: gone.")).isFalse();
		assertThat(found.get(3).matches("It is gone")).isTrue();
	}

	private static List<Quote> quotesOf(String text) {
		return quotes.stream().filter((quote) -> quote.matches(text)).toList();
	}

	private static Quote quote(String text) {
		return new Quote(List.of(), text);
	}

}
