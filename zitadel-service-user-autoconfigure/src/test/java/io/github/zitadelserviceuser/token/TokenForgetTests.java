// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A source of tokens that is told to begin anew.
 */
class TokenForgetTests {

	private final TokenRoom room = new TokenRoom();

	@Test
	void forgetWhenTokenIsHeldThenNextCallerGetsAnother() {
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
		this.room.source.forget();
		assertThat(this.room.obtain().value()).isEqualTo("token-2");
		assertThat(this.room.listener.take()).containsExactly("obtained token-1", "obtained token-2");
	}

	@Test
	void forgetWhenPausedThenNextCallerCausesARequest() {
		this.room.grant.fail(Reason.REFUSED);
		CompletableFuture<AccessToken> refused = this.room.source.get();
		this.room.tasks.runAll();
		assertThat(TokenRoom.failure(refused).getReason()).isEqualTo(Reason.REFUSED);
		assertThat(this.room.refused()).as("within the pause").isEqualTo(Reason.REFUSED);
		this.room.source.forget();
		assertThat(this.room.source.status().failure()).isNull();
		assertThat(this.room.obtain().value()).startsWith("token-");
	}

	@Test
	void forgetWhenFlightIsUnderWayThenItsTokenIsForThoseWhoWaitAlone() {
		CompletableFuture<AccessToken> waiting = this.room.source.get();
		this.room.source.forget();
		this.room.tasks.runAll();
		assertThat(TokenRoom.token(waiting).value()).isEqualTo("token-1");
		assertThat(this.room.source.status().held()).isNull();
		assertThat(this.room.obtain().value()).isEqualTo("token-2");
		assertThat(this.room.held()).isEqualTo("token-2");
	}

	@Test
	void forgetWhenRefreshIsUnderWayThenItsTokenIsNotHeld() {
		this.room.obtain();
		this.room.advanceSeconds(50 * 60);
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.source.forget();
		this.room.tasks.runAll();
		assertThat(this.room.grant.requests()).isEqualTo(2);
		assertThat(this.room.source.status().held()).isNull();
		assertThat(this.room.obtain().value()).isEqualTo("token-3");
	}

	@Test
	void forgetWhenKeptWarmThenAnotherTokenIsRequestedWithoutTraffic() {
		TokenRoom warm = new TokenRoom(RefreshPolicy.defaults().withKeepWarm(true));
		assertThat(warm.obtain().value()).isEqualTo("token-1");
		warm.source.forget();
		warm.tasks.runAll();
		warm.advanceSeconds(0);
		assertThat(warm.grant.requests()).isEqualTo(2);
		assertThat(warm.held()).isEqualTo("token-2");
	}

}
