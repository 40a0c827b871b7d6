// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Headers that every client library sends, and those that one of them does not.
 */
class HeaderCheckTests {

	private static final String PREFIX = "zitadel.service-users.billing";

	@ParameterizedTest
	@ValueSource(strings = { "CF-Access-Client-Secret", "x-gateway_key", "Proxy-Authorization", "Cookie", "X.Y",
			"x-zitadel-orgid", "X-Forwarded-Proto", "User-Agent" })
	void checkWhenHeaderCanBeSentThenIsKept(String name) {
		for (String value : new String[] { "x", "Basic dTpw", "a=b; c=\"d\"", "~!" }) {
			assertThat(HeaderCheck.check(PREFIX, Map.of(name, value))).containsExactly(Map.entry(name, value));
		}
	}

	@Test
	void checkWhenValueIsEmptyThenIsNoHeader() {
		assertThat(HeaderCheck.check(PREFIX, Map.of("x-a", "", "x-b", " ", "Authorization", ""))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "Authorization, the token", "authorization, the token", "Host, the URL", "HOST, the URL",
			"x-zitadel-instance-host, the issuer", "Connection, a connection", "Transfer-Encoding, a connection",
			"TE, a connection", "Expect, a connection", "Upgrade, a connection", "Keep-Alive, a connection",
			"Content-Length, the content", "Content-Type, the content", "Accept-Encoding, the content",
			"Accept, the content", "Origin, browsers", "Via, browsers", "Sec-Fetch-Mode, browsers",
			"grpc-timeout, gRPC", "x-key-bin, gRPC" })
	void checkWhenHeaderCannotBeSentThenNamesTheWholePropertyAndWhatToDo(String name, String found) {
		assertThatExceptionOfType(InvalidHeaderException.class)
			.isThrownBy(() -> HeaderCheck.check(PREFIX, Map.of(name, "s3cret")))
			.withMessageContaining("'" + PREFIX + ".headers." + name + "'")
			.withMessageContaining(found)
			.withMessageContaining(". Remove it")
			.withMessageNotContaining("s3cret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x-key: s3cret", "s3cret value", "x\r\ny", "ключ", "", "a/b" })
	void checkWhenNameIsNoneThenIsNotShown(String name) {
		assertThatExceptionOfType(InvalidHeaderException.class)
			.isThrownBy(() -> HeaderCheck.check(PREFIX, Map.of(name, "s3cret")))
			.withMessageContaining("'" + PREFIX + ".headers'")
			.withMessageNotContaining("s3cret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "s3cret\n", "s3cret\r\nX-Other: y", "s3cret\u0000", "schlüssel-s3cret", "s3cret\t",
			" s3cret", "s3cret " })
	void checkWhenValueWouldNotArriveThenIsNotShown(String value) {
		assertThatExceptionOfType(InvalidHeaderException.class)
			.isThrownBy(() -> HeaderCheck.check(PREFIX, Map.of("x-key", value)))
			.withMessageContaining("'" + PREFIX + ".headers.x-key'")
			.withMessageNotContaining("s3cret");
	}

}
