// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * However a URL is written, and whichever library reads it: a request is refused, or it
 * arrives at the host that was checked.
 */
class DisguisedHostTests {

	private static final String[] TEMPLATES = { "http://allowed@evil/", "http://allowed:x@evil/",
			"http://evil@allowed/", "http://evil\\@allowed/", "http://allowed\\@evil/", "http:\\\\evil/",
			"http:/\\evil/", "http:///evil/", "http://evil#@allowed/", "http://evil?@allowed/", "http://evil/@allowed/",
			"http://evil;@allowed/", "http://allowed%40evil/", "http://allowed%2f@evil/", "http://evil%2f@allowed/",
			"http://evil%00.allowed/", "http://allowed%00.evil/", "http://allowed%09evil/", "http://allowed\tevil/",
			"http://allowed\nevil/", "http://allowed\r\nHost: evil/", "http://allowed %20evil/", "http://allowed evil/",
			" http://evil/", "http://evil/ ", "http://LOCALHOST:evilport/", "http://localhost.:evilport/",
			"http://localhost:evilport/", "http://localhost.:allowedport/", "http://LocalHost:allowedport/",
			"http://localhost:0allowedport/", "http://localhost:allowedport:evilport/",
			"http://localhost:allowedport@localhost:evilport/", "http://localhost%3Aevilport@localhost:allowedport/",
			"http://localhost:+evilport/", "http://localhost:/", "http://localhost:443/", "http://localhost:80/",
			"http://localhost:65536/", "http://localhost:0/", "http://localhost:-1/", "http://127.0.0.1:evilport/",
			"http://127.0.0.1:allowedport/", "http://127.1:evilport/", "http://127.1:allowedport/",
			"http://0177.0.0.1:evilport/", "http://0x7f.0.0.1:evilport/", "http://0x7f000001:evilport/",
			"http://2130706433:evilport/", "http://017700000001:evilport/", "http://127.0.0.1.:evilport/",
			"http://[::1]:evilport/", "http://[::1]:allowedport/", "http://[0:0:0:0:0:0:0:1]:evilport/",
			"http://[::ffff:127.0.0.1]:evilport/", "http://[::ffff:127.0.0.1]:allowedport/",
			"http://[::ffff:7f00:1]:evilport/", "http://[::1%25lo]:evilport/", "http://[::1%lo]:evilport/",
			"http://[::1]@localhost:evilport/", "http://localhost]:evilport/", "http://l\u00f6calhost:evilport/",
			"http://xn--lcalhost-n4a:evilport/",
			"http://\uff4c\uff4f\uff43\uff41\uff4c\uff48\uff4f\uff53\uff54:evilport/",
			"http://localhost\u3002:evilport/", "http://%6cocalhost:evilport/", "http://%6cocalhost:allowedport/",
			"http://local%68ost:allowedport@evil/", "http://local_host:evilport/", "//evil/", "evil", "/@evil",
			"http:evil", "http://@evil/", "http://:@evil/", "http://:@allowed/", "http://@allowed/", "HTTP://evil/",
			"HTTP://allowed/", "ftp://evil/", "http://allowed.evil/", "http://allowed/\\evil",
			"http://allowed/..//evil/", "http://allowed//evil/", "http://allowed/%0d%0aHost:%20evil/",
			"http://allowed/#@evil/", "http://allowed/?@evil/", "http://allowed?@evil/", "http://allowed#@evil/",
			"http://allowed/http://evil/", "http://allowed/;@evil/" };

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final Host allowed = new Host("localhost");

	// Whatever "localhost" is read as.
	private final Host evil = new Host("0.0.0.0");

	@AfterEach
	void stop() {
		this.allowed.close();
		this.evil.close();
		this.zitadel.close();
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenUrlIsDisguisedThenIsRefusedOrArrivesWhereItMay(Library library) {
		List<String> arrived = new ArrayList<>();
		try (ConfigurableApplicationContext application = start(library, "")) {
			for (String template : TEMPLATES) {
				String url = filledIn(template);
				check(url, () -> library.get(application, URI.create(url)), arrived);
				check(url, () -> library.get(application, url), arrived);
				check(url, () -> library.get(application, "{url}", url), arrived);
				check(url, () -> library.get(application, "http://{host}/",
						url.replaceFirst("(?i)^http://", "").replaceFirst("/$", "")), arrived);
			}
			assertThat(library.get(application, this.allowed.uri("/")).getBody()).isEqualTo("arrived");
		}
		assertThat(arrived).contains(filledIn("http://localhost:allowedport/".replace("localhost", "LocalHost")));
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenAddressIsListedThenOtherFormsOfItAreRefused(Library library) {
		try (ConfigurableApplicationContext application = start(library, "127.0.0.1:" + this.evil.port())) {
			assertThat(library.get(application, URI.create("http://127.0.0.1:" + this.evil.port())).getBody())
				.isEqualTo("arrived");
			assertThat(this.evil.received()).hasSize(1);
			for (String other : new String[] { "127.1", "0x7f.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "127.0.0.1.",
					"127.0.0.01", "0177.0.0.1", "localhost." }) {
				assertThatExceptionOfType(HostNotAllowedException.class).isThrownBy(
						() -> library.get(application, URI.create("http://" + other + ":" + this.evil.port() + "/")));
			}
			assertThat(this.evil.received()).isEmpty();
		}
	}

	private void check(String url, Supplier<ResponseEntity<String>> call, List<String> arrived) {
		try {
			ResponseEntity<String> answer = call.get();
			if (answer.getStatusCode().value() == 404) {
				// A URL without a host is a path of ZITADEL's.
				assertThat(this.allowed.received()).as(url).isEmpty();
			}
			else {
				assertThat(answer.getBody()).isEqualTo("arrived");
				arrived.add(url);
				assertThat(this.allowed.received()).as(url)
					.singleElement()
					.matches((received) -> this.allowed.authority()
						.equalsIgnoreCase(received.headers().getFirst("Host")));
			}
		}
		catch (RuntimeException ex) {
			assertThat(this.allowed.received()).as(url + " after " + ex).isEmpty();
		}
		assertThat(this.evil.received()).as(url).isEmpty();
	}

	private String filledIn(String template) {
		return template.replace("allowedport", "" + this.allowed.port())
			.replace("evilport", "" + this.evil.port())
			.replace("allowed", this.allowed.authority())
			.replace("evil", "localhost:" + this.evil.port());
	}

	private ConfigurableApplicationContext start(Library library, String furtherHost) {
		return library.start(this.zitadel, "zitadel.service-user.allowed-hosts=" + this.allowed.authority()
				+ (furtherHost.isEmpty() ? "" : "," + furtherHost));
	}

}
