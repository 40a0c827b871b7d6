// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which tokens can be sent at all (RFC 6750, section 2.1), whatever the grant.
 */
class TokenSyntaxTests {

	private final TokenRoom room = new TokenRoom();

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "two words", "secret\r\nHost: other", "secret\n", "s\u00e9cret", "secret\u0000",
			"sec=ret", "==", "\"secret\"", "secret,secret" })
	void getWhenTokenCannotBeSentThenRefusedWithoutShowingItAndNextWorks(String value) {
		this.room.grant.answer(() -> new TokenResponse(value, ScriptedGrant.LIFETIME));
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		assertThat(TokenRoom.failure(caller))
			.hasMessage("The answer cannot be used: its 'access_token' is empty or has characters that cannot be sent "
					+ "in an Authorization header (RFC 6750, section 2.1)")
			.hasFieldOrPropertyWithValue("reason", Reason.INVALID_RESPONSE)
			.hasNoCause();
		this.room.advanceSeconds(0.5);
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "t", "azAZ09-._~+/", "token=", "token==" })
	void getWhenTokenCanBeSentThenServedAsItIs(String value) {
		this.room.grant.answer(() -> new TokenResponse(value, ScriptedGrant.LIFETIME));
		assertThat(this.room.obtain().value()).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(ints = { 100_000, 1_000_000 })
	void getWhenTokenIsLongThenServedAsItIs(int length) {
		this.room.grant.answer(() -> new TokenResponse("x".repeat(length), ScriptedGrant.LIFETIME));
		assertThat(this.room.obtain().value()).hasSize(length);
	}

}
