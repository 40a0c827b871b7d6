// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.Map;

import io.github.zitadelserviceuser.net.Origin;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers by the origin that gets them.
 */
class IssuerHeadersTests {

	private final IssuerHeaders headers = new IssuerHeaders(
			Map.of(new Origin("https", "zitadel.example", 443), Map.of("X-Key", "s3cret"),
					new Origin("http", "zitadel", 8080), Map.of("X-Key", "s3cret", "X-Host", "zitadel.example")));

	@Test
	void applyWhenOriginIsKnownThenAddsThose() {
		assertThat(applied("HTTPS://Zitadel.example:443/path").toSingleValueMap())
			.containsExactly(Map.entry("X-Key", "s3cret"));
		assertThat(applied("http://zitadel:8080").toSingleValueMap()).hasSize(2);
	}

	@Test
	void applyWhenOriginIsAnotherThenAddsNothing() {
		for (String other : new String[] { "http://zitadel.example", "https://zitadel.example:8443",
				"https://zitadel.example.evil.example", "https://api.example.com", "https://zitadel:8080" }) {
			assertThat(applied(other).headerNames()).as(other).isEmpty();
		}
	}

	@Test
	void applyWhenRequestHasOneOfItsOwnThenThatStays() {
		HttpHeaders own = new HttpHeaders();
		own.add("x-key", "own");
		this.headers.apply(URI.create("http://zitadel:8080"), own);
		assertThat(own.getOrEmpty("X-Key")).containsExactly("own");
		assertThat(own.getFirst("X-Host")).isEqualTo("zitadel.example");
	}

	@Test
	void toStringThenShowsNoValue() {
		assertThat(this.headers.toString()).contains("https://zitadel.example", "http://zitadel:8080", "X-Key")
			.doesNotContain("s3cret");
	}

	private HttpHeaders applied(String uri) {
		HttpHeaders applied = new HttpHeaders();
		this.headers.apply(URI.create(uri), applied);
		return applied;
	}

}
