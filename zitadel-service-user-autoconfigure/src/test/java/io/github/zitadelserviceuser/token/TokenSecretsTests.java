// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * No text holds a token.
 */
class TokenSecretsTests {

	private static final String SECRET = "s3cr3t-t0k3n";

	private final TokenRoom room = new TokenRoom();

	@Test
	void toStringWhenTokenIsHeldThenTellsItsLifeButNotItsValue() {
		assertThat(this.room.source).hasToString("RefreshingTokenSource[no token]");
		this.room.grant.answer(() -> new TokenResponse(SECRET, Duration.ofHours(1)));
		AccessToken token = this.room.obtain();
		assertThat(token.value()).isEqualTo(SECRET);
		assertThat(token.toString()).contains("2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z").doesNotContain(SECRET);
		assertThat(this.room.source.toString()).contains(token.toString()).doesNotContain(SECRET);
		assertThat(this.room.source.get().toString()).doesNotContain(SECRET);
		assertThat(new TokenResponse(SECRET, Duration.ofHours(1))).hasToString("TokenResponse[expiresIn=PT1H]");
	}

	@Test
	void failureWhenTokenCameExpiredThenNotToldAnywhere() {
		this.room.grant.answer(() -> new TokenResponse(SECRET, Duration.ZERO));
		CompletableFuture<AccessToken> future = this.room.source.get();
		this.room.tasks.runAll();
		StringWriter text = new StringWriter();
		TokenRoom.failure(future).printStackTrace(new PrintWriter(text));
		assertThat(text.toString()).contains("expires_in").doesNotContain(SECRET);
	}

	@Test
	void serializableWhenTokenThenNot() {
		assertThat(Serializable.class.isAssignableFrom(AccessToken.class)).isFalse();
		assertThat(Serializable.class.isAssignableFrom(TokenResponse.class)).isFalse();
	}

	@Test
	void newTokenWhenImpossibleThenRefusedWithoutValue() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new AccessToken("", MutableTime.START, MutableTime.START));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new AccessToken(SECRET, MutableTime.START, MutableTime.START))
			.withMessageNotContaining(SECRET);
	}

}
