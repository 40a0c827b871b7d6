// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.zitadelserviceuser.autoconfigure.service.HttpServiceCases;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The troubleshooting page quotes what the code says, all of it and nothing else. A new
 * text gets a case in one of the lists, or in a list of its own that is named here.
 */
class TroubleshootingTests {

	private static final Map<String, String> TEXTS = new LinkedHashMap<>();

	private static List<String> quotes = List.of();

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
	void everyTextIsQuoted() {
		assertThat(TEXTS).hasSizeGreaterThan(110);
		assertThat(TEXTS.entrySet()
			.stream()
			.filter((text) -> quotes.stream().noneMatch((quote) -> TroubleshootingPage.matches(quote, text.getValue())))
			.map((text) -> text.getKey() + ": " + text.getValue())
			.collect(Collectors.joining("\n\n"))).isEmpty();
	}

	@Test
	void everyQuoteIsATextOfTheCode() {
		assertThat(quotes).hasSizeGreaterThan(100).doesNotHaveDuplicates();
		assertThat(quotes.stream()
			.filter((quote) -> TEXTS.values().stream().noneMatch((text) -> TroubleshootingPage.matches(quote, text)))
			.collect(Collectors.joining("\n\n"))).isEmpty();
	}

	@Test
	void matchesWhenAWordDiffersIsFalse() throws IOException {
		assertThat(TroubleshootingPage.matches("The host <host> is  not\nallowed", "The host a.b is not allowed"))
			.isTrue();
		assertThat(TroubleshootingPage.matches("The host <host> is not allowed", "The host a.b is allowed")).isFalse();
		assertThat(TroubleshootingPage.matches("The host is <a>", "The host is a. Or not")).isTrue();
		assertThat(TroubleshootingPage.matches("The host is", "The host is a")).isFalse();
	}

}
