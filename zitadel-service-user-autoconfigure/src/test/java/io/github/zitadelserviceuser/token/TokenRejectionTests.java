// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A resource server answers 401.
 */
class TokenRejectionTests {

	private final TokenRoom room = new TokenRoom();

	@Test
	void rejectWhenHeldLongEnoughThenItsCallerWaitsForAnotherTokenAndNobodyElseDoes() {
		AccessToken token = holdForTenSeconds();
		CompletableFuture<AccessToken> caller = this.room.source.reject(token);
		assertThat(caller).isNotDone();
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.source.await()).isSameAs(token);
		this.room.tasks.runAll();
		assertThat(TokenRoom.token(caller).value()).isEqualTo("token-2");
		assertThat(this.room.held()).isEqualTo("token-2");
		assertThat(this.room.grant.requests()).isEqualTo(2);
		assertThat(this.room.listener.take()).containsExactly("obtained token-1", "rejected token-1",
				"refreshed token-2");
	}

	@Test
	void rejectWhenTokenEndpointIsDownThenOtherCallersAreServedAtOnceThroughout() {
		AccessToken token = holdForTenSeconds();
		for (double pause : new double[] { 0.5, 1, 2, 4, 5, 5 }) {
			this.room.grant.answer(() -> {
				assertThat(this.room.held()).as("during the request").isEqualTo("token-1");
				this.room.advanceSeconds(10);
				assertThat(Thread.interrupted()).isTrue();
				assertThat(this.room.held()).as("after the time-out").isEqualTo("token-1");
				throw ScriptedGrant.failure(Reason.UNREACHABLE, null);
			});
			CompletableFuture<AccessToken> caller = this.room.source.reject(token);
			assertThat(this.room.held()).as("before the request").isEqualTo("token-1");
			this.room.tasks.runAll();
			assertThat(TokenRoom.token(caller)).isSameAs(token);
			this.room.advanceSeconds(pause - 0.001);
			assertThat(this.room.held()).as("during the pause").isEqualTo("token-1");
			assertThat(TokenRoom.token(this.room.source.reject(token))).as("at once").isSameAs(token);
			assertThat(this.room.tasks.waiting()).as("request within pause").isZero();
			this.room.advanceSeconds(0.001);
		}
		assertThat(TokenRoom.token(rejectAndRun(token)).value()).isEqualTo("token-2");
		assertThat(this.room.held()).isEqualTo("token-2");
		assertThat(this.room.listener.take()).containsOnlyOnce("rejected token-1");
	}

	@Test
	void rejectWhenManyRejectTheSameTokenThenOneReplacement() {
		AccessToken token = holdForTenSeconds();
		List<CompletableFuture<AccessToken>> callers = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			callers.add(this.room.source.reject(token));
			assertThat(this.room.held()).isEqualTo("token-1");
		}
		assertThat(callers).noneMatch(CompletableFuture::isDone).doesNotHaveDuplicates();
		this.room.tasks.runAll();
		assertThat(callers).allSatisfy((caller) -> assertThat(caller.join().value()).isEqualTo("token-2"));
		assertThat(TokenRoom.token(this.room.source.reject(token)).value()).as("replaced already").isEqualTo("token-2");
		assertThat(this.room.grant.requests()).isEqualTo(2);
		assertThat(this.room.listener.take()).containsOnlyOnce("rejected token-1");
	}

	@Test
	void rejectWhenGrantHasNoOtherTokenThenItStaysRejectedAndIsUsedUntilItIsSpent() {
		AccessToken token = holdForTenSeconds();
		this.room.grant.replaceable(false);
		assertThat(TokenRoom.token(rejectAndRun(token))).isEqualTo(token);
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.source.status().held().rejected()).isTrue();
		assertThat(this.room.listener.take()).containsExactly("obtained token-1", "rejected token-1", "failed REFUSED");
		this.room.advance(ScriptedGrant.LIFETIME);
		assertThat(this.room.obtain().value()).as("a spent one is requested as any other").isEqualTo("token-2");
		assertThat(this.room.source.status().held().rejected()).isFalse();
	}

	@Test
	void rejectWhenCallerGivesUpThenFlightGoesOnForOthers() {
		AccessToken token = holdForTenSeconds();
		CompletableFuture<AccessToken> first = this.room.source.reject(token);
		CompletableFuture<AccessToken> second = this.room.source.reject(token);
		first.cancel(true);
		this.room.tasks.runAll();
		assertThat(first).isCancelled();
		assertThat(TokenRoom.token(second).value()).isEqualTo("token-2");
	}

	@Test
	void rejectWhenTokenIsYoungThenNothingHappens() {
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(9.999);
		assertThat(TokenRoom.token(this.room.source.reject(token))).isSameAs(token);
		assertThat(this.room.tasks.waiting()).isZero();
		assertThat(this.room.listener.take()).containsExactly("obtained token-1");
		this.room.advanceSeconds(0.001);
		assertThat(TokenRoom.token(rejectAndRun(token)).value()).isEqualTo("token-2");
	}

	@Test
	void rejectWhenShortestHoldIsZeroThenYoungTokenIsReplaced() {
		TokenRoom room = new TokenRoom(RefreshPolicy.defaults().withShortestHold(Duration.ZERO));
		AccessToken token = room.obtain();
		CompletableFuture<AccessToken> instead = room.source.reject(token);
		room.tasks.runAll();
		assertThat(TokenRoom.token(instead).value()).isEqualTo("token-2");
	}

	@Test
	void rejectWhenTokenIsYoungButSpentThenAnotherIsRequested() {
		this.room.grant.succeed(Duration.ofSeconds(5));
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(5);
		assertThat(TokenRoom.token(rejectAndRun(token)).value()).isEqualTo("token-2");
		assertThat(this.room.listener.take()).containsExactly("obtained token-1", "obtained token-2");
	}

	@Test
	void rejectWhenAnswerWasSlowThenAgeCountsFromItsArrival() {
		this.room.grant.answer(() -> {
			this.room.advanceSeconds(9);
			return this.room.grant.token(ScriptedGrant.LIFETIME);
		});
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(9);
		assertThat(TokenRoom.token(this.room.source.reject(token))).isSameAs(token);
	}

	@Test
	void rejectWhenServerAlwaysAnswers401ThenOneRequestInTenSeconds() {
		this.room.obtain();
		for (int i = 0; i < 1000; i++) {
			rejectAndRun(this.room.obtain());
			this.room.advanceSeconds(0.1);
		}
		assertThat(this.room.grant.requests()).isEqualTo(10);
	}

	@Test
	void rejectWhenAnotherTokenIsHeldThenThatIsReturnedAtOnce() {
		AccessToken old = this.room.obtain();
		this.room.advance(Duration.ofMinutes(50));
		this.room.held();
		this.room.tasks.runAll();
		this.room.advanceSeconds(20);
		assertThat(TokenRoom.token(this.room.source.reject(old)).value()).isEqualTo("token-2");
		assertThat(this.room.held()).isEqualTo("token-2");
		assertThat(this.room.grant.requests()).isEqualTo(2);
		assertThat(this.room.listener.take()).containsExactly("obtained token-1", "refreshed token-2");
	}

	@Test
	void rejectWhenNothingIsHeldThenOneIsRequested() {
		AccessToken stranger = new AccessToken("stranger", MutableTime.START, MutableTime.START.plusSeconds(1));
		assertThat(TokenRoom.token(rejectAndRun(stranger)).value()).isEqualTo("token-1");
		assertThat(this.room.listener.take()).containsExactly("obtained token-1");
	}

	@Test
	void rejectWhenNothingIsHeldAndNoneCanBeHadThenFailsAndNextWorks() {
		AccessToken stranger = new AccessToken("stranger", MutableTime.START, MutableTime.START.plusSeconds(1));
		this.room.grant.fail(Reason.REFUSED);
		assertThat(TokenRoom.failure(rejectAndRun(stranger)).getReason()).isEqualTo(Reason.REFUSED);
		assertThat(TokenRoom.failure(this.room.source.reject(stranger)).getReason()).isEqualTo(Reason.REFUSED);
		assertThat(this.room.grant.requests()).isOne();
		this.room.advanceSeconds(0.5);
		assertThat(TokenRoom.token(rejectAndRun(stranger)).value()).isEqualTo("token-1");
	}

	@ParameterizedTest
	@EnumSource(Reason.class)
	void rejectWhenReplacementFailsThenRejectedTokenIsReturnedWithoutRepetitionAndReplacedAfterPause(Reason reason) {
		AccessToken token = holdForTenSeconds();
		this.room.grant.failForGood(reason);
		assertThat(TokenRoom.token(rejectAndRun(token))).as("it may be good elsewhere").isSameAs(token);
		assertThat(this.room.tasks.timers()).as("repetition").isZero();
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(TokenRoom.token(this.room.source.reject(token))).as("at once during the pause").isSameAs(token);
		assertThat(this.room.grant.requests()).isEqualTo((reason == Reason.UNREACHABLE) ? 3 : 2);
		this.room.advanceSeconds(0.5);
		assertThat(TokenRoom.token(rejectAndRun(token)).value()).isEqualTo("token-2");
	}

	@Test
	void rejectWhenLongPauseIsOnThenItEndsAsIfNothingWereHeld() {
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(46 * 60 + 30);
		for (double pause : new double[] { 0.5, 1, 2, 4, 8 }) {
			this.room.grant.fail(Reason.UNAVAILABLE);
			this.room.held();
			this.room.tasks.runAll();
			this.room.advanceSeconds(pause);
		}
		this.room.grant.fail(Reason.UNAVAILABLE);
		this.room.held();
		this.room.tasks.runAll();
		assertThat(TokenRoom.token(this.room.source.reject(token))).as("a pause of 16 s").isSameAs(token);
		this.room.advanceSeconds(4.999);
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.tasks.waiting()).isZero();
		this.room.advanceSeconds(0.001);
		assertThat(TokenRoom.token(rejectAndRun(token)).value()).as("5 s").isEqualTo("token-2");
	}

	@Test
	void rejectWhenReplacementFailsThenNextCallAfterPauseReplacesItBehindItself() {
		AccessToken token = holdForTenSeconds();
		this.room.grant.fail(Reason.REFUSED);
		rejectAndRun(token);
		this.room.advanceSeconds(0.5);
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
	}

	@Test
	void rejectWhenPauseIsOnThenTheSameUntilItIsOver() {
		AccessToken token = this.room.obtain();
		this.room.advance(Duration.ofMinutes(50));
		this.room.grant.fail(Reason.UNAVAILABLE, Duration.ofSeconds(30));
		this.room.held();
		this.room.tasks.runAll();
		assertThat(TokenRoom.token(this.room.source.reject(token))).isSameAs(token);
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.advanceSeconds(30);
		assertThat(TokenRoom.token(rejectAndRun(token)).value()).isEqualTo("token-2");
	}

	@Test
	void rejectWhenReplacementFailsForLongThenRejectedTokenIsNotServedPastItsMargin() {
		this.room.grant.succeed(Duration.ofSeconds(20)).fail(Reason.REFUSED);
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(17.9);
		assertThat(TokenRoom.token(rejectAndRun(token))).isSameAs(token);
		this.room.advanceSeconds(0.1);
		assertThat(this.room.refused()).isEqualTo(Reason.REFUSED);
		assertThat(TokenRoom.failure(this.room.source.reject(token)).getReason()).isEqualTo(Reason.REFUSED);
		this.room.advanceSeconds(0.4);
		assertThat(TokenRoom.token(rejectAndRun(token)).value()).isEqualTo("token-2");
	}

	@Test
	void rejectWhenTokenIsSpentDuringReplacementThenFailureIsRepeatedForThoseWhoWaitByThen() {
		this.room.grant.succeed(Duration.ofSeconds(20)).answer(() -> {
			this.room.advanceSeconds(0.2);
			throw ScriptedGrant.failure(Reason.UNAVAILABLE, null);
		});
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(17.9);
		CompletableFuture<AccessToken> rejecting = rejectAndRun(token);
		CompletableFuture<AccessToken> other = this.room.source.get();
		assertThat(rejecting).isNotDone();
		assertThat(other).isNotDone();
		this.room.advanceSeconds(0.5);
		assertThat(TokenRoom.token(rejecting).value()).isEqualTo("token-2");
		assertThat(TokenRoom.token(other).value()).isEqualTo("token-2");
	}

	@Test
	void rejectWhenRefreshIsUnderWayThenItsCallerJoinsIt() {
		AccessToken token = this.room.obtain();
		this.room.advance(Duration.ofMinutes(50));
		this.room.held();
		CompletableFuture<AccessToken> caller = this.room.source.reject(token);
		assertThat(caller).isNotDone();
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.tasks.runAll();
		assertThat(TokenRoom.token(caller).value()).isEqualTo("token-2");
		assertThat(this.room.grant.requests()).isEqualTo(2);
	}

	@Test
	void rejectWhenNoThreadIsToBeHadThenTheSameAtOnceAndNextWorks() {
		AccessToken token = holdForTenSeconds();
		this.room.tasks.reject(true);
		assertThat(TokenRoom.token(this.room.source.reject(token))).isSameAs(token);
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.tasks.reject(false);
		this.room.advanceSeconds(0.5);
		assertThat(TokenRoom.token(rejectAndRun(token)).value()).isEqualTo("token-2");
	}

	@Test
	void rejectWhenServerGivesTheSameValueAgainThenItIsTheSameToken() {
		this.room.grant.answer(() -> new TokenResponse("same", ScriptedGrant.LIFETIME))
			.answer(() -> new TokenResponse("same", ScriptedGrant.LIFETIME));
		AccessToken token = holdForTenSeconds();
		AccessToken again = TokenRoom.token(rejectAndRun(token));
		assertThat(again.issuedAt()).isAfter(token.issuedAt());
		assertThat(again).as("nothing to repeat a call with").isEqualTo(token).hasSameHashCodeAs(token);
		assertThat(TokenRoom.token(this.room.source.reject(again))).as("no loop").isSameAs(again);
		assertThat(this.room.grant.requests()).isEqualTo(2);
	}

	private AccessToken holdForTenSeconds() {
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(10);
		return token;
	}

	private CompletableFuture<AccessToken> rejectAndRun(AccessToken token) {
		CompletableFuture<AccessToken> caller = this.room.source.reject(token);
		this.room.tasks.runAll();
		return caller;
	}

}
