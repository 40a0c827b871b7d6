// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What remains after {@link RefreshingTokenSource#close()}.
 */
class TokenCloseTests {

	private final TokenRoom room = new TokenRoom();

	@Test
	void closeWhenCallersWaitThenTheyAreAnswered() {
		CompletableFuture<AccessToken> first = this.room.source.get();
		CompletableFuture<AccessToken> second = this.room.source.get();
		this.room.source.close();
		assertThat(TokenRoom.failure(first).getReason()).isEqualTo(Reason.CANCELLED);
		assertThat(TokenRoom.failure(second)).hasMessageContaining("closed");
		assertThat(this.room.tasks.isClosed()).isTrue();
		assertThat(this.room.listener.take()).as("no failure").isEmpty();
	}

	@Test
	void closeWhenNothingIsHeldThenCallersAreRefusedAndNoFlightStarts() {
		this.room.source.close();
		assertThat(this.room.refused()).isEqualTo(Reason.CANCELLED);
		this.room.advance(Duration.ofDays(1));
		assertThat(this.room.refused()).isEqualTo(Reason.CANCELLED);
		assertThat(this.room.grant.requests()).isZero();
		assertThat(this.room.listener.take()).isEmpty();
	}

	@Test
	void closeWhenTokenIsHeldThenServedUntilItsMarginWithoutRefresh() {
		this.room.obtain();
		this.room.source.close();
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.advance(Duration.ofMinutes(58));
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.advance(Duration.ofMinutes(1));
		assertThat(this.room.refused()).isEqualTo(Reason.CANCELLED);
		assertThat(this.room.grant.requests()).isOne();
	}

	@Test
	void closeWhenRefreshIsUnderWayThenTokenIsServedAndLateAnswerChangesNothing() {
		this.room.obtain();
		this.room.advance(Duration.ofMinutes(50));
		this.room.grant.answer(() -> {
			this.room.source.close();
			return this.room.grant.token(ScriptedGrant.LIFETIME);
		});
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.listener.take()).containsExactly("obtained token-1");
	}

	@Test
	void closeWhenRejectedTokenIsAliveThenWaitersGetIt() {
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(10);
		CompletableFuture<AccessToken> caller = this.room.source.reject(token);
		assertThat(caller).isNotDone();
		this.room.source.close();
		assertThat(TokenRoom.token(caller)).isSameAs(token);
		assertThat(TokenRoom.token(this.room.source.reject(token))).isSameAs(token);
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.listener.take()).containsExactly("obtained token-1", "rejected token-1");
	}

	@Test
	void closeWhenTokenIsRejectedAfterwardsThenTheSameIsReturnedWhileItLives() {
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(10);
		this.room.source.close();
		assertThat(TokenRoom.token(this.room.source.reject(token))).isSameAs(token);
		this.room.advance(Duration.ofHours(1));
		assertThat(TokenRoom.failure(this.room.source.reject(token)).getReason()).isEqualTo(Reason.CANCELLED);
		assertThat(this.room.grant.requests()).isOne();
		assertThat(this.room.listener.take()).containsExactly("obtained token-1");
	}

	@Test
	void closeWhenRepetitionIsDueThenItIsNotMade() {
		this.room.grant.fail(Reason.UNAVAILABLE);
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		this.room.source.close();
		assertThat(TokenRoom.failure(caller).getReason()).isEqualTo(Reason.CANCELLED);
		this.room.advanceSeconds(10);
		assertThat(this.room.grant.requests()).isOne();
	}

	@Test
	void closeWhenPauseIsOnThenCallersAreToldOfTheEnd() {
		this.room.grant.fail(Reason.REFUSED);
		this.room.source.get();
		this.room.tasks.runAll();
		assertThat(this.room.refused()).isEqualTo(Reason.REFUSED);
		this.room.source.close();
		assertThat(this.room.refused()).isEqualTo(Reason.CANCELLED);
	}

	@Test
	void closeWhenClosedAgainThenNothingMoreHappens() {
		this.room.obtain();
		this.room.source.close();
		this.room.source.close();
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.listener.take()).containsExactly("obtained token-1");
	}

}
