// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AccessTokenTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void equalsWhenValueIsTheSameThenTokensAre() {
		AccessToken token = new AccessToken("value", NOW, NOW.plusSeconds(60));
		AccessToken later = new AccessToken("value", NOW.plusSeconds(30), NOW.plusSeconds(90));
		AccessToken other = new AccessToken("other", NOW, NOW.plusSeconds(60));
		assertThat(token).isEqualTo(later).hasSameHashCodeAs(later).isNotEqualTo(other).isNotEqualTo("value");
		assertThat(token).isNotEqualTo(null);
	}

}
