// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.net;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AllowedHostsTests {

	private static final Origin ISSUER = Origin.of(URI.create("https://zitadel.example.com"));

	@ParameterizedTest
	@ValueSource(strings = { "https://zitadel.example.com", "https://zitadel.example.com/",
			"https://zitadel.example.com/oidc/v1/userinfo?x=y#z", "https://zitadel.example.com:443/",
			"HTTPS://ZITADEL.EXAMPLE.COM/", "https://zitadel.example.com/@evil.test",
			"https://zitadel.example.com?@x" })
	void checkWhenIssuerThenAllowed(String uri) {
		assertThatCode(() -> hosts().check(URI.create(uri))).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.test", "https://zitadel.example.com.evil.test",
			"https://evil.test/zitadel.example.com", "https://evil.test#zitadel.example.com",
			"https://evil.test?zitadel.example.com", "https://zitadel.example.com:8443",
			"https://zitadel.example.com:444", "http://zitadel.example.com", "http://zitadel.example.com:443",
			"https://zitadel.example.com.", "https://example.com", "https://xzitadel.example.com",
			"https://a.zitadel.example.com", "https://localhost", "https://127.0.0.1", "https://[::1]",
			"https://[::ffff:127.0.0.1]", "https://2130706433" })
	void checkWhenAnotherOriginThenRefusedWithTheWayOut(String uri) {
		assertThatExceptionOfType(HostNotAllowedException.class).isThrownBy(() -> hosts().check(URI.create(uri)))
			.withMessageContaining("test.allowed-hosts")
			.withMessageContaining("https://zitadel.example.com");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://user@zitadel.example.com", "https://user:secret@zitadel.example.com",
			"https://zitadel.example.com@evil.test", "https://zitadel.example.com:443@evil.test",
			"https://@zitadel.example.com", "https://zitadel%2eexample.com", "https://zitadel.example.com%2f.evil.test",
			"https://zit_adel.example.com", "https://zitadel.éxample.com", "https://zitadel.example。com",
			"ftp://zitadel.example.com", "file:///etc/hosts", "mailto:user@zitadel.example.com", "/oidc/v1/userinfo",
			"//zitadel.example.com/", "https:///path", "https:zitadel.example.com", "", "ws://zitadel.example.com",
			"https://zitadel.example.com:x" })
	void checkWhenUrlIsADisguiseThenRefused(String uri) {
		AllowedHosts everything = hosts("*.example.com", "*.test", "zitadel.example.com");
		assertThatExceptionOfType(HostNotAllowedException.class).isThrownBy(() -> everything.check(URI.create(uri)))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.test", "https://zitadel.example.com:8443", "http://zitadel.example.com",
			"https://user@zitadel.example.com", "https://zitadel.example.com.", "https://zitadel.example.com@evil.test",
			"https:zitadel.example.com", "//zitadel.example.com/", "/oidc/v1/userinfo" })
	void checkWhenAnotherWasJustAllowedThenRefusedAllTheSame(String uri) {
		AllowedHosts hosts = hosts("api.example.org");
		for (String allowed : List.of("https://zitadel.example.com/x", "https://api.example.org/x",
				"https://zitadel.example.com:443")) {
			hosts.check(URI.create(allowed));
			assertThatExceptionOfType(HostNotAllowedException.class).isThrownBy(() -> hosts.check(URI.create(uri)));
			assertThatCode(() -> hosts.check(URI.create(allowed))).doesNotThrowAnyException();
		}
	}

	@ParameterizedTest
	@CsvSource({ "api.example.org,       https://api.example.org/x",
			"api.example.org,       https://api.example.org:8443", "API.Example.Org,       https://api.example.org",
			"' api.example.org ',   https://api.example.org", "api.example.org,       https://API.EXAMPLE.ORG",
			"api.example.org:8443,  https://api.example.org:8443", "api.example.org:443,   https://api.example.org",
			"*.example.org,         https://a.example.org", "*.example.org,         https://a.b.example.org",
			"*.example.org:8443,    https://a.example.org:8443", "[2001:db8::1],         https://[2001:db8::1]",
			"[2001:db8::1]:8443,    https://[2001:db8::1]:8443", "10.0.0.1,              https://10.0.0.1",
			"api,                   https://api:8443", "xn--bcher-kva.example, https://xn--bcher-kva.example" })
	void checkWhenHostIsListedThenAllowed(String host, String uri) {
		assertThatCode(() -> hosts(host).check(URI.create(uri))).doesNotThrowAnyException();
		assertThatExceptionOfType(HostNotAllowedException.class).isThrownBy(() -> hosts().check(URI.create(uri)));
	}

	@ParameterizedTest
	@CsvSource({ "api.example.org,      https://api.example.org.", "api.example.org,      https://xapi.example.org",
			"api.example.org,      https://x.api.example.org", "api.example.org:8443, https://api.example.org",
			"api.example.org:8443, https://api.example.org:84430", "api.example.org:84,   https://api.example.org:8443",
			"*.example.org,        https://example.org", "*.example.org,        https://evilexample.org",
			"*.example.org,        https://example.org.evil.test", "*.example.org:8443,   https://a.example.org",
			"*.example.org,        https://a.example.org.", "*.example.org:8443,   https://x.org:8443",
			"[2001:db8::1],        https://[2001:db8:0::1]", "[2001:db8::1],        https://[2001:db8::11]",
			"10.0.0.1,             https://10.0.0.10", "10.0.0.1,             https://10.0.0.01" })
	void checkWhenHostIsAlmostListedThenRefused(String host, String uri) {
		assertThatExceptionOfType(HostNotAllowedException.class).isThrownBy(() -> hosts(host).check(URI.create(uri)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "*", "*.", "*.*", "*example.com", "a.*.com", ".example.com", "example.com.",
			"https://example.com", "example.com/", "example.com/path", "user@example.com", "example.com:",
			"example.com:x", "example.com:123456", "example.com:0", "example.com:65536", "example.com:99999",
			"example.com:080", "[::1]:0", "[::1]:65536", "exa mple.com", "bücher.example", "a,b", "-a.example", "[::1",
			"::1" })
	void createWhenHostIsNoHostThenRefused(String host) {
		assertThatIllegalArgumentException().isThrownBy(() -> hosts(host)).withMessageContaining("api.example.com");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 9, 80, 8443, 10000, 59999, 60000, 65000, 65499, 65529, 65535 })
	void checkWhenPortIsListedThenAllowed(int port) {
		AllowedHosts hosts = hosts("api.example.com:" + port);
		assertThatCode(() -> hosts.check(URI.create("https://api.example.com:" + port))).doesNotThrowAnyException();
	}

	@Test
	void checkWhenPlainHttpToANameUnderLocalhostThenRefused() {
		AllowedHosts hosts = hosts("*.localhost");
		assertThatExceptionOfType(HostNotAllowedException.class)
			.isThrownBy(() -> hosts.check(URI.create("http://api.localhost")))
			.withMessageContaining("test.require-https=false");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:8080", "http://127.0.0.1:1", "http://127.1.2.3", "http://[::1]:8080" })
	void checkWhenPlainHttpToThisMachineThenAllowed(String uri) {
		AllowedHosts hosts = hosts("localhost", "127.0.0.1", "127.1.2.3", "[::1]");
		assertThatCode(() -> hosts.check(URI.create(uri))).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://api.example.org", "http://10.0.0.1", "http://localhost.example.org",
			"http://127.0.0.1.example.org", "http://[::ffff:10.0.0.1]", "http://0.0.0.0" })
	void checkWhenPlainHttpElsewhereThenRefusedUnlessConfigured(String uri) {
		List<String> listed = List.of("*.example.org", "10.0.0.1", "[::ffff:10.0.0.1]", "0.0.0.0");
		assertThatExceptionOfType(HostNotAllowedException.class)
			.isThrownBy(() -> new AllowedHosts("test", List.of(ISSUER), listed, true).check(URI.create(uri)))
			.withMessageContaining("test.require-https=false");
		assertThatCode(() -> new AllowedHosts("test", List.of(ISSUER), listed, false).check(URI.create(uri)))
			.doesNotThrowAnyException();
	}

	@Test
	void checkWhenPlainHttpToAnOriginThenAllowedAndNotToItsHost() {
		AllowedHosts hosts = new AllowedHosts("test", List.of(Origin.of(URI.create("http://zitadel.svc:8080"))),
				List.of(), true);
		assertThatCode(() -> hosts.check(URI.create("http://zitadel.svc:8080/x"))).doesNotThrowAnyException();
		assertThatExceptionOfType(HostNotAllowedException.class)
			.isThrownBy(() -> hosts.check(URI.create("http://zitadel.svc/x")));
	}

	@Test
	void checkWhenNothingIsListedThenOnlyOriginsAreAllowed() {
		AllowedHosts none = new AllowedHosts("test", List.of(), List.of(), true);
		assertThatExceptionOfType(HostNotAllowedException.class)
			.isThrownBy(() -> none.check(URI.create("https://zitadel.example.com")));
	}

	private static AllowedHosts hosts(String... hosts) {
		return new AllowedHosts("test", List.of(ISSUER), Arrays.asList(hosts), true);
	}

}
