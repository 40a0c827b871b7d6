// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.List;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.net.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link Redirect}.
 */
class RedirectTests {

	private static final URI SOURCE = URI.create("https://a.example.com:8443/b/c/d;p?q=1#f");

	@ParameterizedTest
	@CsvSource({ "301, GET, GET, true", "301, POST, GET, false", "301, PUT, PUT, true", "301, HEAD, HEAD, true",
			"302, GET, GET, true", "302, POST, GET, false", "302, DELETE, DELETE, true", "303, GET, GET, true",
			"303, POST, GET, false", "303, PUT, GET, false", "303, DELETE, GET, false", "303, HEAD, HEAD, true",
			"307, POST, POST, true", "307, PATCH, PATCH, true", "308, POST, POST, true", "308, PUT, PUT, true" })
	void ofWhenRedirectThenHasMethodAndBodyOfTheStandard(int status, String method, String expected, boolean body) {
		Redirect redirect = Redirect.of(SOURCE, HttpMethod.valueOf(method), HttpStatusCode.valueOf(status),
				location("/x"));
		assertThat(redirect).isNotNull();
		assertThat(redirect.method()).isEqualTo(HttpMethod.valueOf(expected));
		assertThat(redirect.withBody()).isEqualTo(body);
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 201, 204, 300, 304, 305, 306, 399, 401, 404, 500 })
	void ofWhenAnotherStatusThenNone(int status) {
		assertThat(Redirect.of(SOURCE, HttpMethod.GET, HttpStatusCode.valueOf(status), location("/x"))).isNull();
	}

	// The references of RFC 3986, section 5.4.
	@ParameterizedTest
	@CsvSource({ "g, /b/c/g", "./g, /b/c/g", "g/, /b/c/g/", "/g, /g", "?y, /b/c/d;p?y", "g?y, /b/c/g?y",
			"#s, /b/c/d;p?q=1", "g#s, /b/c/g", "g?y#s, /b/c/g?y", ";x, /b/c/;x", "g;x, /b/c/g;x", "., /b/c/",
			"./, /b/c/", ".., /b/", "../g, /b/g", "../.., /", "../../g, /g", "' /g ', /g" })
	void ofWhenLocationIsRelativeThenIsResolvedAtTheSource(String location, String expected) {
		assertThat(target(location)).isEqualTo(URI.create("https://a.example.com:8443" + expected));
	}

	@ParameterizedTest
	@CsvSource({ "g, https://a.example.com/g", "?y, https://a.example.com/?y", "/g, https://a.example.com/g",
			".evil.test, https://a.example.com/.evil.test", "//b.example.com/g, https://b.example.com/g",
			"@evil.test, https://a.example.com/@evil.test" })
	void ofWhenSourceHasNoPathThenLocationDoesNotBecomePartOfTheHost(String location, String expected) {
		Redirect redirect = Redirect.of(URI.create("https://a.example.com"), HttpMethod.GET,
				HttpStatusCode.valueOf(302), location(location));
		assertThat(redirect).isNotNull();
		assertThat(redirect.target()).isEqualTo(URI.create(expected));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "http://[", "http://a b/", "/a\\b", "\\\\evil.test", "http:evil.test",
			"mailto:a@example.com", "javascript:alert(1)", "ftp://a.example.com/", "file:///etc/hosts", "https:",
			"/%zz", "/\u00e9", "/a\tb", "https://" })
	void ofWhenLocationIsNoneOfHttpThenNone(String location) {
		assertThat(target(location)).isNull();
	}

	@Test
	void ofWhenThereIsNotExactlyOneLocationThenNone() {
		HttpHeaders two = location("/x");
		two.add(HttpHeaders.LOCATION, "/y");
		assertThat(Redirect.of(SOURCE, HttpMethod.GET, HttpStatusCode.valueOf(302), two)).isNull();
		assertThat(Redirect.of(SOURCE, HttpMethod.GET, HttpStatusCode.valueOf(302), new HttpHeaders())).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.test/", "//evil.test", "https://a.example.com@evil.test/",
			"https://user@a.example.com:8443/", "https://a.example.com/", "https://b_c.example.com/",
			"https://b.example.com.", "http://a.example.com:8443/", "http://b.example.com/", "http://b_c/",
			"http://localhost/", "HTTP://b.example.com" })
	void checkWhenTargetMayNotHaveTheTokenThenSaysWhereItCameFrom(String location) {
		Redirect redirect = redirect(location);
		assertThatExceptionOfType(HostNotAllowedException.class).isThrownBy(() -> redirect.check(hosts()))
			.withMessageStartingWith("The redirect from https://a.example.com:8443 ")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("null"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/x", "https://b.example.com/", "//b.example.com", "HTTPS://B.EXAMPLE.COM/" })
	void checkWhenTargetMayHaveTheTokenThenDoesNothing(String location) {
		assertThatCode(() -> redirect(location).check(hosts())).doesNotThrowAnyException();
	}

	@Test
	void headersOfWhenOriginStaysThenKeepsCredentials() {
		HttpHeaders headers = redirect("https://a.example.com:8443/x").headersOf(original());
		assertThat(headers).isEqualTo(original());
	}

	@Test
	void headersOfWhenOriginChangesThenDropsCredentials() {
		assertThat(redirect("https://b.example.com").headersOf(original()).headerNames())
			.containsExactlyInAnyOrder("Content-Type", "content-length", "Accept");
	}

	@Test
	void headersOfWhenBodyIsDroppedThenDropsWhatDescribesIt() {
		Redirect redirect = Redirect.of(SOURCE, HttpMethod.POST, HttpStatusCode.valueOf(303), location("/x"));
		assertThat(redirect).isNotNull();
		assertThat(redirect.headersOf(original()).headerNames()).containsExactlyInAnyOrder("authorization", "Cookie",
				"Proxy-Authorization", "Host", "Accept");
	}

	@Test
	void isForWhenRequestHasAuthorizationThenOnlyWithinTheOrigin() {
		assertThat(redirect("/x").isFor(original())).isTrue();
		assertThat(redirect("https://b.example.com").isFor(original())).isFalse();
		assertThat(redirect("https://user@b.example.com").isFor(original())).isFalse();
		assertThat(redirect("https://b.example.com").isFor(new HttpHeaders())).isTrue();
	}

	private static Redirect redirect(String location) {
		Redirect redirect = Redirect.of(SOURCE, HttpMethod.PUT, HttpStatusCode.valueOf(307), location(location));
		assertThat(redirect).isNotNull();
		return redirect;
	}

	private static URI target(String location) {
		Redirect redirect = Redirect.of(SOURCE, HttpMethod.GET, HttpStatusCode.valueOf(302), location(location));
		return (redirect != null) ? redirect.target() : null;
	}

	private static HttpHeaders location(String location) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.LOCATION, location);
		return headers;
	}

	private static HttpHeaders original() {
		HttpHeaders headers = new HttpHeaders();
		for (String name : List.of("authorization", "Cookie", "Proxy-Authorization", "Host", "Content-Type",
				"content-length", "Accept")) {
			headers.set(name, "1");
		}
		return headers;
	}

	private static AllowedHosts hosts() {
		return new AllowedHosts("test", List.of(Origin.of(SOURCE)), List.of("b.example.com", "localhost"), false);
	}

}
