// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What is made of the properties, and what is refused.
 */
class AuthorizationServerTests {

	@ParameterizedTest
	@CsvSource({ "https://zitadel.example, https://zitadel.example",
			"https://zitadel.example/, https://zitadel.example",
			"' https://zitadel.example// ', https://zitadel.example",
			"HTTPS://Zitadel.EXAMPLE:443, https://zitadel.example",
			"https://zitadel.example:8443, https://zitadel.example:8443", "http://localhost:80, http://localhost",
			"http://[::1]:8080/, http://[::1]:8080", "https://zitadel.example/Path/, https://zitadel.example/Path" })
	void ofBringsTheIssuerIntoOneForm(String issuer, URI expected) {
		AuthorizationServer server = AuthorizationServer.of(Grants.PREFIX, issuer, null, true);
		assertThat(server.issuer()).isEqualTo(expected);
		assertThat(server.baseUrl()).isEqualTo(expected);
		assertThat(server.isInternal()).isFalse();
		assertThat(AuthorizationServer.of(Grants.PREFIX, issuer, " ", true)).isEqualTo(server);
		assertThat(AuthorizationServer.of(Grants.PREFIX, issuer, issuer, true)).isEqualTo(server);
		assertThat(new AuthorizationServer(Grants.PREFIX, URI.create(issuer.trim()), expected)).isEqualTo(server);
	}

	@Test
	void constructorWhenUriIsUnusableThenRefuses() {
		assertThatIllegalArgumentException().isThrownBy(() -> new AuthorizationServer(Grants.PREFIX,
				URI.create("urn:x"), URI.create("https://zitadel.example")));
		assertThatIllegalArgumentException().isThrownBy(
				() -> new AuthorizationServer(Grants.PREFIX, URI.create("https://zitadel.example"), URI.create("/x")));
	}

	@Test
	void ofWhenThereIsABaseThenIsInternal() {
		AuthorizationServer server = AuthorizationServer.of(Grants.PREFIX, "https://zitadel.example:8443",
				"http://localhost:8080/", true);
		assertThat(server.isInternal()).isTrue();
		assertThat(server.baseUrl()).hasToString("http://localhost:8080");
		assertThat(server.instanceHost()).isEqualTo("zitadel.example:8443");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''                                                             | must start with 'https://'
			zitadel.example                                                | must start with 'https://'
			zitadel.example:8080                                           | must start with 'https://'
			//zitadel.example                                              | must start with 'https://'
			ftp://zitadel.example                                          | must start with 'https://'
			https:zitadel.example                                          | has no valid host name
			https://my_host                                                | underscores
			https://b\u00fccher.example                                    | 'xn--...'
			https:///path                                                  | has no valid host name
			https://zitadel.example:0                                      | port must be between 1 and 65535
			https://zitadel.example:65536                                  | port must be between 1 and 65535
			https://user:pass-word@zitadel.example                         | must have no user information
			https://zitadel.example?x=y                                    | no query and no fragment
			https://zitadel.example#x                                      | no query and no fragment
			https://zitadel.example/.well-known/openid-configuration       | must be the issuer itself
			https://zitadel.example/.Well-Known/openid-configuration/      | must be the issuer itself
			https://zitadel.example/a b                                    | no valid URL
			https://zitadel.example\\@evil.example                         | no valid URL
			https://${ZITADEL_HOST}                                        | no valid URL
			""")
	void ofWhenValueIsUnusableThenNamesPropertyAndForm(String value, String words) {
		InvalidConfigurationPropertyValueException failure = refusal(value, null, true);
		assertThat(failure.getName()).isEqualTo("zitadel.service-user.issuer-uri");
		assertThat(failure.getReason()).contains(words)
			.contains("It should look like https://my-instance.zitadel.cloud");
		assertThat(failure).hasNoCause();
		assertThat("" + failure.getValue() + failure.getMessage()).doesNotContain("pass-word");
		assertThat(refusal("https://zitadel.example", "x:" + value, true).getName())
			.isEqualTo("zitadel.service-user.base-url");
	}

	@Test
	void ofWhenAKeyIsInTheWrongPropertyThenItIsNotShown() {
		String key = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ".repeat(20);
		InvalidConfigurationPropertyValueException failure = refusal("{\"key\":\"" + key + "\"}", null, true);
		assertThat("" + failure.getValue() + failure.getMessage()).doesNotContain("MIIEvQ")
			.contains("{\"key\":\"[...]\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://zitadel.example", "http://10.0.0.1", "http://localhost.example.com",
			"http://127.0.0.1.nip.io", "http://localhost." })
	void ofWhenPlainHttpLeavesTheMachineThenIsRefusedUnlessAllowed(String value) {
		InvalidConfigurationPropertyValueException failure = refusal(value, null, true);
		assertThat(failure.getName()).isEqualTo("zitadel.service-user.issuer-uri");
		assertThat(failure.getReason()).contains("anyone on the way")
			.contains("zitadel.service-user.require-https=false");
		assertThat(AuthorizationServer.of(Grants.PREFIX, value, null, false).issuer()).hasToString(value);
		failure = refusal(value, value, true);
		assertThat(failure.getName()).isEqualTo("zitadel.service-user.issuer-uri");
		assertThat(AuthorizationServer.of(Grants.PREFIX, "https://zitadel.other", value, true).baseUrl())
			.as("written on purpose, as an internal address")
			.hasToString(value);
	}

	@Test
	void ofWhenNothingGoesToThePlainIssuerThenIsAccepted() {
		assertThat(AuthorizationServer.of(Grants.PREFIX, "http://zitadel.example", "https://zitadel.internal", true)
			.isInternal()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "https://zitadel.example, true", "https://zitadel.example/, true", "https://zitadel.example:443, true",
			"HTTPS://ZITADEL.example, true", "http://zitadel.example, false", "https://zitadel.example:8443, false",
			"https://zitadel.example., false", "https://zitadel.example/x, false", "https://zitadel.example?x, false",
			"https://x@zitadel.example, false", "https://evil.example/https://zitadel.example, false", "x y, false",
			"'', false" })
	void isIssuerForgivesSpellingAlone(String claimed, boolean expected) {
		assertThat(AuthorizationServer.of(Grants.PREFIX, "https://zitadel.example", null, true).isIssuer(claimed))
			.isEqualTo(expected);
	}

	private static InvalidConfigurationPropertyValueException refusal(String issuer, String base,
			boolean requireHttps) {
		InvalidConfigurationPropertyValueException failure = catchThrowableOfType(
				InvalidConfigurationPropertyValueException.class,
				() -> AuthorizationServer.of(Grants.PREFIX, issuer, base, requireHttps));
		assertThat(failure).isNotNull();
		return failure;
	}

}
