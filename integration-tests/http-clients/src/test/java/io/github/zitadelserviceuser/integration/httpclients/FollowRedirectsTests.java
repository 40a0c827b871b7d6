// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.net.URI;
import java.util.Map;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the clients follow with {@code follow-redirects}, whichever library makes their
 * requests.
 */
class FollowRedirectsTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final Host first = new Host("localhost");

	private final Host second = new Host("localhost");

	private final Host forbidden = new Host("localhost");

	@AfterEach
	void stop() {
		this.first.close();
		this.second.close();
		this.forbidden.close();
		this.zitadel.close();
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenRedirectedToAnAllowedHostThenFollowsWithTheToken(Library library) {
		this.first.leadTo(this.second.uri("/target?a=b"));
		try (ConfigurableApplicationContext application = start(library)) {
			for (int status : new int[] { 301, 302, 303, 307, 308 }) {
				assertFollowed(application, library, HttpMethod.GET, status, HttpMethod.GET, "");
			}
			assertFollowed(application, library, HttpMethod.POST, 301, HttpMethod.GET, "");
			assertFollowed(application, library, HttpMethod.POST, 302, HttpMethod.GET, "");
			assertFollowed(application, library, HttpMethod.POST, 303, HttpMethod.GET, "");
			assertFollowed(application, library, HttpMethod.PUT, 303, HttpMethod.GET, "");
			assertFollowed(application, library, HttpMethod.POST, 307, HttpMethod.POST, "the body");
			assertFollowed(application, library, HttpMethod.POST, 308, HttpMethod.POST, "the body");
			assertFollowed(application, library, HttpMethod.PUT, 302, HttpMethod.PUT, "the body");
		}
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenRedirectedToAnotherHostThenRefusedAndNothingIsSent(Library library) {
		this.first.leadTo(this.forbidden.uri("/stolen"));
		try (ConfigurableApplicationContext application = start(library)) {
			for (int status : new int[] { 301, 302, 303, 307, 308 }) {
				assertThatExceptionOfType(HostNotAllowedException.class)
					.isThrownBy(() -> library.call(application, HttpMethod.POST, this.first.uri("/" + status),
							HttpHeaders.EMPTY, "the body"))
					.withMessageContaining("redirect from http://" + this.first.authority())
					.withMessageContaining(this.forbidden.authority())
					.withMessageContaining("zitadel.service-user.allowed-hosts");
			}
			assertThat(this.forbidden.received()).isEmpty();
			this.first.leadTo(this.second.uri("/target"));
			assertThat(library.get(application, this.first.uri("/302")).getBody()).isEqualTo("arrived");
		}
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenCallerHasCredentialsThenTheyStayWithTheirOrigin(Library library) {
		HttpHeaders cookie = new HttpHeaders();
		cookie.set("Cookie", "id=1");
		cookie.set("Proxy-Authorization", "Basic proxy");
		cookie.set("X-Other", "kept");
		HttpHeaders own = new HttpHeaders();
		own.set("Authorization", "Basic own");
		try (ConfigurableApplicationContext application = start(library)) {
			this.first.leadTo(this.second.uri("/target"));
			for (String path : new String[] { "/302", "/307" }) {
				library.call(application, HttpMethod.PUT, this.first.uri(path), cookie, "the body");
				assertThat(this.second.received()).singleElement().satisfies((received) -> {
					assertThat(received.isAuthorized()).isTrue();
					assertThat(received.headers().headerNames()).doesNotContain("Cookie", "Proxy-Authorization",
							"Proxy-authorization");
					assertThat(received.headers().getFirst("X-Other")).isEqualTo("kept");
				});
			}
			assertThat(
					library.call(application, HttpMethod.GET, this.first.uri("/302"), own, "").getStatusCode().value())
				.isEqualTo(302);
			assertThat(this.second.received()).isEmpty();
			this.first.leadTo("/target");
			this.first.received();
			assertThat(library.call(application, HttpMethod.GET, this.first.uri("/302"), own, "").getBody())
				.isEqualTo("arrived");
			assertThat(this.first.received()).hasSize(2)
				.allMatch(
						(received) -> received.headers().getOrEmpty("Authorization").toString().equals("[Basic own]"));
		}
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenRedirectedInACircleThenAnswerIsTheLastOne(Library library) {
		this.first.leadTo(this.second.uri("/307"));
		this.second.leadTo(this.first.uri("/307"));
		try (ConfigurableApplicationContext application = start(library)) {
			ResponseEntity<String> answer = library.call(application, HttpMethod.POST, this.first.uri("/307"),
					HttpHeaders.EMPTY, "the body");
			assertThat(answer.getStatusCode().value()).isEqualTo(307);
			assertThat(answer.getBody()).hasSize(10_000);
			assertThat(this.first.received()).hasSize(3).allMatch((received) -> received.body().equals("the body"));
			assertThat(this.second.received()).hasSize(3).allMatch((received) -> received.body().equals("the body"));
		}
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenThereIsNowhereToGoThenAnswerIsTheRedirect(Library library) {
		try (ConfigurableApplicationContext application = start(library)) {
			for (String nowhere : new String[] { "", "http://[", "myapp://callback", "mailto:a@example.com" }) {
				this.first.leadTo(nowhere);
				assertThat(library.get(application, this.first.uri("/302")).getStatusCode().value()).isEqualTo(302);
				assertThat(this.first.received()).hasSize(1);
			}
			this.first.leadTo(this.second.uri("/target"));
			for (String path : new String[] { "/300", "/304", "/305", "/306" }) {
				assertThat(library.get(application, this.first.uri(path)).getStatusCode().value())
					.isEqualTo(Integer.parseInt(path.substring(1)));
			}
			assertThat(this.second.received()).isEmpty();
		}
	}

	private void assertFollowed(ConfigurableApplicationContext application, Library library, HttpMethod method,
			int status, HttpMethod expectedMethod, String expectedBody) {
		ResponseEntity<String> answer = library.call(application, method, this.first.uri("/" + status),
				HttpHeaders.EMPTY, method.equals(HttpMethod.GET) ? "" : "the body");
		assertThat(answer.getBody()).isEqualTo("arrived");
		assertThat(this.first.received()).singleElement().matches(Host.Received::isAuthorized);
		assertThat(this.second.received()).singleElement().satisfies((received) -> {
			assertThat(received.isAuthorized()).isTrue();
			assertThat(received.line()).isEqualTo(Map.entry(expectedMethod.name(), "/target?a=b"));
			assertThat(received.body()).isEqualTo(expectedBody);
			assertThat(received.headers().containsHeader("Content-Type")).isEqualTo(!expectedBody.isEmpty());
			assertThat(URI.create("http://" + received.headers().getFirst("Host")).getPort())
				.isEqualTo(this.second.port());
		});
	}

	private ConfigurableApplicationContext start(Library library) {
		return library.start(this.zitadel, "zitadel.service-user.follow-redirects=true",
				"zitadel.service-user.allowed-hosts=" + this.first.authority() + "," + this.second.authority());
	}

}
