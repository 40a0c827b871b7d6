/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A resource server answers 401.
 */
class TokenRejectionTests {

	private final TokenRoom room = new TokenRoom();

	@Test
	void rejectWhenHeldLongEnoughThenNextCallersWaitForAnotherToken() {
		AccessToken token = holdForTenSeconds();
		assertThat(this.room.source.reject(token)).isTrue();
		assertThat(this.room.grant.requests()).as("a rejection alone asks for nothing").isOne();
		CompletableFuture<AccessToken> caller = this.room.source.get();
		assertThat(caller).isNotDone();
		this.room.tasks.runAll();
		assertThat(TokenRoom.token(caller).value()).isEqualTo("token-2");
		assertThat(this.room.held()).isEqualTo("token-2");
		assertThat(this.room.listener.take()).containsExactly("obtained token-1", "rejected token-1",
				"obtained token-2");
	}

	@Test
	void rejectWhenManyRejectTheSameTokenThenOneReplacement() {
		AccessToken token = holdForTenSeconds();
		for (int i = 0; i < 100; i++) {
			assertThat(this.room.source.reject(token)).isTrue();
			assertThat(this.room.source.get()).isNotDone();
		}
		this.room.tasks.runAll();
		assertThat(this.room.source.reject(token)).as("replaced already").isTrue();
		assertThat(this.room.held()).isEqualTo("token-2");
		assertThat(this.room.grant.requests()).isEqualTo(2);
		assertThat(this.room.listener.take()).containsOnlyOnce("rejected token-1");
	}

	@Test
	void rejectWhenTokenIsYoungThenNothingHappens() {
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(9.999);
		assertThat(this.room.source.reject(token)).isFalse();
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.listener.take()).containsExactly("obtained token-1");
		this.room.advanceSeconds(0.001);
		assertThat(this.room.source.reject(token)).isTrue();
		assertThat(this.room.obtain().value()).isEqualTo("token-2");
	}

	@Test
	void rejectWhenAnswerWasSlowThenAgeCountsFromItsArrival() {
		this.room.grant.answer(() -> {
			this.room.advanceSeconds(9);
			return this.room.grant.token(ScriptedGrant.LIFETIME);
		});
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(9);
		assertThat(this.room.source.reject(token)).isFalse();
	}

	@Test
	void rejectWhenServerAlwaysAnswers401ThenOneRequestInTenSeconds() {
		this.room.obtain();
		for (int i = 0; i < 1000; i++) {
			this.room.source.reject(this.room.obtain());
			this.room.advanceSeconds(0.1);
		}
		assertThat(this.room.grant.requests()).isEqualTo(10);
	}

	@Test
	void rejectWhenAnotherTokenIsHeldThenItStays() {
		AccessToken old = this.room.obtain();
		this.room.advance(Duration.ofMinutes(50));
		this.room.held();
		this.room.tasks.runAll();
		this.room.advanceSeconds(20);
		assertThat(this.room.source.reject(old)).as("another one is there").isTrue();
		assertThat(this.room.held()).isEqualTo("token-2");
		assertThat(this.room.listener.take()).containsExactly("obtained token-1", "refreshed token-2");
	}

	@Test
	void rejectWhenNothingIsHeldThenNextCallersAsk() {
		AccessToken stranger = new AccessToken("stranger", MutableTime.START, MutableTime.START.plusSeconds(1));
		assertThat(this.room.source.reject(stranger)).isTrue();
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
		assertThat(this.room.listener.take()).containsExactly("obtained token-1");
	}

	@Test
	void rejectWhenNothingCanBeHadThenNotWorthRepeating() {
		AccessToken stranger = new AccessToken("stranger", MutableTime.START, MutableTime.START.plusSeconds(1));
		this.room.grant.fail(Reason.REFUSED);
		this.room.source.get();
		this.room.tasks.runAll();
		assertThat(this.room.source.reject(stranger)).isFalse();
		this.room.advanceSeconds(0.5);
		assertThat(this.room.source.reject(stranger)).isTrue();
	}

	@Test
	void rejectWhenReplacementFailsThenRejectedTokenServesDuringPauseAndIsReplacedAfter() {
		AccessToken token = holdForTenSeconds();
		this.room.grant.fail(Reason.REFUSED);
		assertThat(this.room.source.reject(token)).isTrue();
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		assertThat(TokenRoom.token(caller)).as("it may be good elsewhere").isSameAs(token);
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.source.reject(token)).as("the same one would come").isFalse();
		assertThat(this.room.grant.requests()).isEqualTo(2);
		this.room.advanceSeconds(0.5);
		assertThat(this.room.source.reject(token)).isTrue();
		assertThat(this.room.obtain().value()).isEqualTo("token-2");
	}

	@Test
	void rejectWhenPauseIsOnThenNotWorthRepeatingUntilItIsOver() {
		AccessToken token = this.room.obtain();
		this.room.advance(Duration.ofMinutes(50));
		this.room.grant.fail(Reason.UNAVAILABLE, Duration.ofSeconds(30));
		this.room.held();
		this.room.tasks.runAll();
		assertThat(this.room.source.reject(token)).isFalse();
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.advanceSeconds(30);
		assertThat(this.room.source.get()).isNotDone();
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
	}

	@Test
	void rejectWhenReplacementFailsForLongThenRejectedTokenIsNotServedPastItsMargin() {
		this.room.grant.succeed(Duration.ofSeconds(20)).fail(Reason.REFUSED);
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(17.9);
		this.room.source.reject(token);
		this.room.source.get();
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.advanceSeconds(0.1);
		assertThat(this.room.refused()).isEqualTo(Reason.REFUSED);
		this.room.advanceSeconds(0.4);
		assertThat(this.room.obtain().value()).isEqualTo("token-2");
	}

	@Test
	void rejectWhenReplacementFailsForPassingReasonThenRepeatedWhileCallersWait() {
		AccessToken token = holdForTenSeconds();
		this.room.grant.fail(Reason.UNREACHABLE);
		this.room.source.reject(token);
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		assertThat(caller).isNotDone();
		this.room.advanceSeconds(0.5);
		assertThat(TokenRoom.token(caller).value()).isEqualTo("token-2");
	}

	@Test
	void rejectWhenRefreshIsUnderWayThenCallersJoinIt() {
		AccessToken token = this.room.obtain();
		this.room.advance(Duration.ofMinutes(50));
		this.room.held();
		assertThat(this.room.source.reject(token)).isTrue();
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		assertThat(TokenRoom.token(caller).value()).isEqualTo("token-2");
		assertThat(this.room.grant.requests()).isEqualTo(2);
	}

	@Test
	void rejectWhenServerGivesTheSameValueAgainThenItCountsAsNew() {
		this.room.grant.answer(() -> new TokenResponse("same", ScriptedGrant.LIFETIME))
			.answer(() -> new TokenResponse("same", ScriptedGrant.LIFETIME));
		AccessToken token = holdForTenSeconds();
		this.room.source.reject(token);
		AccessToken again = this.room.obtain();
		assertThat(again.value()).isEqualTo("same");
		assertThat(this.room.source.reject(again)).as("no loop").isFalse();
		assertThat(this.room.held()).isEqualTo("same");
	}

	private AccessToken holdForTenSeconds() {
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(10);
		return token;
	}

}
