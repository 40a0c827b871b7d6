// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link RefreshPolicy#keepWarm()}: a token is at hand after any time without a call.
 */
class KeepWarmTests {

	private final TokenRoom room = new TokenRoom(RefreshPolicy.defaults().withKeepWarm(true));

	@Test
	void keepWarmWhenNobodyCallsThenRefreshedInTime() {
		this.room.obtain();
		this.room.advance(Duration.ofDays(1));
		assertThat(this.room.grant.requests()).isEqualTo(1 + (int) (24 * 60 / 46.5));
		assertThat(this.room.held()).isEqualTo("token-" + this.room.grant.requests());
		assertThat(this.room.tasks.timers()).isOne();
	}

	@Test
	void keepWarmWhenOffThenNoRequestWithoutCall() {
		TokenRoom cold = new TokenRoom();
		cold.obtain();
		assertThat(cold.tasks.timers()).isZero();
		cold.advance(Duration.ofDays(1));
		assertThat(cold.grant.requests()).isOne();
	}

	@Test
	void keepWarmWhenNobodyEverCalledThenNoRequest() {
		this.room.advance(Duration.ofDays(1));
		assertThat(this.room.grant.requests()).isZero();
	}

	@Test
	void keepWarmWhenRefreshFailsThenTriedAgainAfterEachPause() {
		this.room.obtain();
		this.room.grant.fail(Reason.UNAVAILABLE, 3);
		this.room.advanceSeconds(46.5 * 60);
		assertThat(this.room.grant.requests()).isEqualTo(2);
		this.room.advanceSeconds(0.5 + 1 + 2 - 0.001);
		assertThat(this.room.grant.requests()).isEqualTo(4);
		this.room.advanceSeconds(0.001);
		assertThat(this.room.held()).isEqualTo("token-2");
		assertThat(this.room.tasks.timers()).isOne();
	}

	@Test
	void keepWarmWhenOutageOutlivesTokenThenRecoversWithoutCall() {
		this.room.obtain();
		this.room.grant.fail(Reason.REFUSED, 100);
		this.room.advance(Duration.ofDays(1));
		assertThat(this.room.held()).startsWith("token-");
		assertThat(this.room.tasks.timers()).isOne();
	}

	@Test
	void keepWarmWhenNobodyCallsDuringALongOutageThenPausesAreTheLongOnes() {
		this.room.random.set(0.999);
		this.room.obtain();
		this.room.grant.fail(Reason.REFUSED, 10_000);
		this.room.advance(Duration.ofHours(2));
		int before = this.room.grant.requests();
		this.room.advance(Duration.ofHours(1));
		assertThat(this.room.grant.requests() - before).isEqualTo(60);
	}

	@Test
	void keepWarmWhenFirstFlightFailsThenGoesOn() {
		this.room.grant.fail(Reason.REFUSED, 2);
		this.room.source.get();
		this.room.tasks.runAll();
		this.room.advanceSeconds(0.5 + 1);
		assertThat(this.room.held()).isEqualTo("token-1");
	}

	@Test
	void keepWarmWhenClockIsSetBackThenWakesUpAgainLater() {
		this.room.grant.answer(() -> {
			this.room.time.jumpWall(Duration.ofMinutes(10));
			return this.room.grant.token(ScriptedGrant.LIFETIME);
		});
		this.room.obtain();
		this.room.time.jumpWall(Duration.ofMinutes(-10));
		this.room.advanceSeconds(36.5 * 60);
		assertThat(this.room.grant.requests()).as("woken up by a clock that was wrong").isOne();
		assertThat(this.room.tasks.timers()).isOne();
		this.room.advanceSeconds(10 * 60);
		assertThat(this.room.held()).isEqualTo("token-2");
	}

	@Test
	void keepWarmWhenRequestHangsThenGoesOn() {
		this.room.obtain();
		this.room.grant.answer(() -> {
			this.room.advanceSeconds(10);
			assertThat(Thread.interrupted()).isTrue();
			throw ScriptedGrant.failure(Reason.CANCELLED, null);
		});
		this.room.advance(Duration.ofHours(1));
		assertThat(this.room.held()).isEqualTo("token-2");
	}

	@Test
	void keepWarmWhenTokenIsRejectedThenReplacedAtOnceAndKeptWarmAfter() {
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(10);
		this.room.source.reject(token);
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
		this.room.advance(Duration.ofHours(1));
		assertThat(this.room.held()).isEqualTo("token-3");
	}

	@Test
	void keepWarmWhenReplacementOfRejectedTokenFailsThenNextTryComesWithoutCalls() {
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(10);
		this.room.grant.fail(Reason.UNAVAILABLE);
		this.room.source.reject(token);
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.advanceSeconds(0.5);
		assertThat(this.room.held()).isEqualTo("token-2");
	}

	@Test
	void keepWarmWhenNoTimerIsToBeHadThenNextCallRestartsIt() {
		this.room.grant.answer(() -> {
			this.room.tasks.reject(true);
			return this.room.grant.token(ScriptedGrant.LIFETIME);
		});
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
		assertThat(this.room.tasks.timers()).isZero();
		this.room.advance(Duration.ofHours(1));
		assertThat(this.room.refused()).isEqualTo(Reason.UNEXPECTED);
		this.room.tasks.reject(false);
		this.room.advanceSeconds(0.5);
		this.room.obtain();
		this.room.advance(Duration.ofDays(1));
		assertThat(this.room.held()).startsWith("token-");
		assertThat(this.room.grant.requests()).isGreaterThan(24);
	}

	@Test
	void keepWarmWhenClosedThenNoRequestAnyMore() {
		this.room.obtain();
		this.room.source.close();
		assertThat(this.room.tasks.timers()).isZero();
		this.room.advance(Duration.ofDays(1));
		assertThat(this.room.grant.requests()).isOne();
	}

}
