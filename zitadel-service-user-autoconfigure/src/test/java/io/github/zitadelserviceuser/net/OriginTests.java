// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.net;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Which URIs are of one origin, which are refused, and which hosts are this machine.
 */
class OriginTests {

	@ParameterizedTest
	@CsvSource({ "https://api.example.com, https, api.example.com, 443",
			"https://api.example.com:443/x?y#z, https, api.example.com, 443",
			"HTTPS://API.Example.COM, https, api.example.com, 443", "http://api.example.com, http, api.example.com, 80",
			"http://api.example.com:443, http, api.example.com, 443",
			"https://api.example.com:, https, api.example.com, 443",
			"https://api.example.com.:8443, https, api.example.com., 8443", "https://192.0.2.1:1, https, 192.0.2.1, 1",
			"https://[2001:DB8::1]:65535, https, [2001:db8::1], 65535",
			"https://xn--bcher-kva.example, https, xn--bcher-kva.example, 443",
			"https://api.example.com/@evil.example, https, api.example.com, 443",
			"https://evil.example/?@api.example.com, https, evil.example, 443",
			"https://evil.example#@api.example.com, https, evil.example, 443" })
	void ofReadsSchemeHostAndPort(URI uri, String scheme, String host, int port) {
		assertThat(Origin.of(uri)).isEqualTo(new Origin(scheme, host, port));
	}

	@ParameterizedTest
	@CsvSource({ "https://api.example.com, https://api.example.com.", "https://api.example.com, http://api.example.com",
			"https://api.example.com, https://api.example.com:8443", "https://[::1], https://[0:0:0:0:0:0:0:1]",
			"https://127.0.0.1, https://localhost", "https://example.com, https://api.example.com",
			"https://xn--bcher-kva.example, https://bucher.example", "http://host:443, https://host" })
	void ofWhenSpelledInAnotherWayThenIsAnother(URI one, URI other) {
		assertThat(Origin.of(one)).isNotEqualTo(Origin.of(other));
	}

	@ParameterizedTest
	@CsvSource({ "api.example.com, must start with", "//api.example.com, must start with", "/path, must start with",
			"ftp://api.example.com, must start with", "javascript:alert(1), must start with", "'', must start with",
			"https:api.example.com, no valid host name", "https:/api.example.com, no valid host name",
			"https:///path, no valid host name", "https://api_host.example, no valid host name",
			"https://api%2eexample.com, no valid host name", "https://api.example.com:port, no valid host name",
			"https://api.example.com:1:2, no valid host name", "https://api.example.com:-1, no valid host name",
			"https://127.1, no valid host name", "https://0x7f.1, no valid host name",
			"https://127.999.1.1, no valid host name", "https://b\u00fccher.example, no valid host name",
			"https://\uff4cocalhost, no valid host name", "https://user@api.example.com, no user information",
			"https://:@api.example.com, no user information", "https://@api.example.com, no user information",
			"https://api.example.com@evil.example, no user information",
			"https://api.example.com:0, port must be between", "https://api.example.com:65536, port must be between",
			"https://api.example.com:2147483647, port must be between" })
	void ofWhenItCannotBeJudgedThenRefusesAndSaysWhy(URI uri, String words) {
		assertThatIllegalArgumentException().isThrownBy(() -> Origin.of(uri)).withMessageContaining(words);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://api.example.com\\@evil.example", "https://api.example.com\t.evil.example",
			"https:// api.example.com", "https://[::1", "https://api.example.com\n", "https://[::1%25]x" })
	void createWhenTextIsNoUriThenThereIsNothingToJudge(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> URI.create(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost", "http://LOCALHOST:8080", "http://127.0.0.1", "http://127.0.0.255",
			"http://127.199.249.10", "http://127.255.255.254:1", "http://[::1]", "http://[::1]:8080" })
	void isLoopbackWhenItIsThisMachineForSure(URI uri) {
		assertThat(Origin.of(uri).isLoopback()).isTrue();
		assertThat(Origin.of(uri).isSecure()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost.example.com", "http://localhost.", "http://notlocalhost",
			"http://127.0.0.1.example.com", "http://127.0.0.1.nip.io", "http://128.0.0.1", "http://10.0.0.1",
			"http://0.0.0.0", "http://2130706433", "http://[::]", "http://[::ffff:127.0.0.1]",
			"http://[0:0:0:0:0:0:0:1]", "http://[::2]", "http://localhost-x", "http://host.docker.internal",
			"http://zitadel.localhost", "http://example.com" })
	void isLoopbackWhenItMayBeAnotherMachineThenIsNot(URI uri) {
		assertThat(Origin.of(uri).isLoopback()).isFalse();
		assertThat(Origin.of(uri).isSecure()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.00.0.1", "127.0.0.01", "127.1", "0x7f.1", "127.0.0.1.", "1270.0.0.1", ".localhost.x",
			"127.0.0.999", "127.0.0.256", "127.0.0.260", "127.300.0.1" })
	void isLoopbackWhenAddressIsOfAnotherFormThenIsNot(String host) {
		assertThat(new Origin("http", host, 80).isLoopback()).isFalse();
	}

	@Test
	void isSecureWhenHttpsThenIsForAnyHost() {
		assertThat(Origin.of(URI.create("https://example.com:8443")).isSecure()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "https://example.com:443, example.com", "http://example.com:80, example.com",
			"https://example.com:80, example.com:80", "http://example.com:443, example.com:443",
			"http://[::1]:8080, [::1]:8080", "https://[::1], [::1]" })
	void authorityLeavesOutThePortOfTheScheme(URI uri, String expected) {
		Origin origin = Origin.of(uri);
		assertThat(origin.authority()).isEqualTo(expected);
		assertThat(origin).hasToString(origin.scheme() + "://" + expected);
		assertThat(Origin.of(URI.create(origin.toString()))).isEqualTo(origin);
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenNullThenRefuses() {
		assertThatNullPointerException().isThrownBy(() -> new Origin(null, "host", 1)).withMessageContaining("scheme");
		assertThatNullPointerException().isThrownBy(() -> new Origin("http", null, 1)).withMessageContaining("host");
	}

}
