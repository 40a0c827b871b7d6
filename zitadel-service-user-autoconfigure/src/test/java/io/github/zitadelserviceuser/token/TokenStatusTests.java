// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What those who watch see. A token for one hour is refreshed after 46.5 minutes and used
 * for 59.
 */
class TokenStatusTests {

	private final TokenRoom room = new TokenRoom();

	@Test
	void statusWhenNobodyHasAskedThenIsNothingAndCausesNoRequest() {
		assertThat(status()).isEqualTo(new TokenStatus(null, false, null));
		assertThat(status().isUsable()).isFalse();
		this.room.advance(Duration.ofDays(1));
		status();
		assertThat(this.room.tasks.waiting()).isZero();
		assertThat(this.room.grant.requests()).isZero();
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
	}

	@Test
	void statusWhenRequestIsUnderWayThenSaysSo() {
		CompletableFuture<AccessToken> caller = this.room.source.get();
		assertThat(status()).isEqualTo(new TokenStatus(null, true, null));
		this.room.tasks.runAll();
		assertThat(caller).isCompleted();
		assertThat(status().requesting()).isFalse();
	}

	@Test
	void statusWhenTokenIsFreshThenHasItsLife() {
		this.room.obtain();
		assertThat(status()).isEqualTo(new TokenStatus(new TokenStatus.Held(MutableTime.START,
				MutableTime.START.plusSeconds(46 * 60 + 30), MutableTime.START.plusSeconds(59 * 60),
				MutableTime.START.plusSeconds(60 * 60), false, true, true), false, null));
		assertThat(status().isUsable()).isTrue();
	}

	@Test
	void statusWhenTimePassesThenLifeOfTokenStays() {
		this.room.obtain();
		TokenStatus.Held before = held();
		this.room.advanceSeconds(46 * 60 + 29);
		assertThat(held()).isEqualTo(before);
	}

	@Test
	void statusWhenTokenIsStaleThenIsUsableAndNotFresh() {
		this.room.obtain();
		this.room.advanceSeconds(46 * 60 + 30);
		assertThat(held().fresh()).isFalse();
		assertThat(held().usable()).isTrue();
		assertThat(status().requesting()).as("nobody has asked").isFalse();
		this.room.held();
		assertThat(status().requesting()).isTrue();
		this.room.tasks.runAll();
		assertThat(held().fresh()).isTrue();
		assertThat(held().issuedAt()).isEqualTo(MutableTime.START.plusSeconds(46 * 60 + 30));
	}

	@Test
	void statusWhenTokenIsSpentThenIsNotUsable() {
		this.room.obtain();
		this.room.advanceSeconds(59 * 60 - 0.001);
		assertThat(status().isUsable()).isTrue();
		this.room.advanceSeconds(0.001);
		assertThat(status().isUsable()).isFalse();
		assertThat(held().usable()).isFalse();
		assertThat(held().fresh()).isFalse();
		this.room.obtain();
		assertThat(status().isUsable()).isTrue();
	}

	@Test
	void statusWhenTokenWasRejectedThenIsUsableAndNotFreshUntilReplaced() {
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(10);
		CompletableFuture<AccessToken> another = this.room.source.reject(token);
		assertThat(held().rejected()).isTrue();
		assertThat(held().fresh()).isFalse();
		assertThat(held().usable()).isTrue();
		assertThat(status().requesting()).isTrue();
		this.room.tasks.runAll();
		assertThat(TokenRoom.token(another).value()).isEqualTo("token-2");
		assertThat(held().rejected()).isFalse();
		assertThat(held().fresh()).isTrue();
	}

	@Test
	void statusWhenColdRequestFailedThenHasFailureAndColdPause() {
		this.room.grant.fail(Reason.REFUSED);
		this.room.source.get();
		this.room.tasks.runAll();
		TokenStatus.Failure failure = failure();
		assertThat(failure.cause().getReason()).isEqualTo(Reason.REFUSED);
		assertThat(failure.count()).isEqualTo(1);
		assertThat(failure.at()).isEqualTo(MutableTime.START);
		assertThat(failure.nextAttempt()).isEqualTo(MutableTime.START.plusMillis(500));
		assertThat(status().isUsable()).isFalse();
		this.room.advanceSeconds(60);
		assertThat(failure().at()).as("does not move").isEqualTo(MutableTime.START);
		assertThat(failure().nextAttempt()).as("is due").isEqualTo(MutableTime.START.plusSeconds(60));
		this.room.obtain();
		assertThat(status().failure()).isNull();
	}

	@Test
	void statusWhenRefreshFailsThenHasBothTokenAndFailureOfTheLongPause() {
		this.room.obtain();
		this.room.advanceSeconds(46 * 60 + 30);
		// The sixth is paused after for 16 s with a token and for 5 s without one.
		for (int i = 0; i < 6; i++) {
			this.room.grant.fail(Reason.UNAVAILABLE);
			this.room.held();
			this.room.tasks.runAll();
			assertThat(status().isUsable()).isTrue();
			assertThat(failure().count()).isEqualTo(i + 1);
			assertThat(Duration.between(failure().at(), failure().nextAttempt()))
				.isEqualTo(Duration.ofMillis(500L << i));
			this.room.advance(Duration.between(failure().at(), failure().nextAttempt()));
		}
		this.room.held();
		this.room.tasks.runAll();
		assertThat(status().failure()).isNull();
		assertThat(held().fresh()).isTrue();
	}

	@Test
	void statusWhenTokenEndsDuringThePauseThenNextAttemptIsThatOfTheShortOne() {
		this.room.obtain();
		this.room.advanceSeconds(59 * 60 - 1);
		for (int i = 0; i < 8; i++) {
			this.room.grant.fail(Reason.UNAVAILABLE, Duration.ofMillis(1));
			this.room.held();
			this.room.tasks.runAll();
			this.room.advanceSeconds(0.001);
		}
		this.room.grant.fail(Reason.UNAVAILABLE);
		this.room.held();
		this.room.tasks.runAll();
		assertThat(Duration.between(failure().at(), failure().nextAttempt())).isEqualTo(Duration.ofSeconds(30));
		this.room.advanceSeconds(1);
		assertThat(status().isUsable()).isFalse();
		assertThat(Duration.between(failure().at(), failure().nextAttempt())).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void statusWhenRejectedTokenIsNotReplacedThenNextAttemptIsThatOfTheShortPause() {
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(10);
		for (double pause : new double[] { 0.5, 1, 2, 4, 5, 5, 5 }) {
			this.room.grant.fail(Reason.REFUSED);
			this.room.source.reject(token);
			this.room.tasks.runAll();
			assertThat(status().isUsable()).isTrue();
			assertThat(held().rejected()).isTrue();
			assertThat(failure().nextAttempt())
				.isEqualTo(failure().at().plus(Duration.ofMillis((long) (1000 * pause))));
			this.room.advance(Duration.between(failure().at(), failure().nextAttempt()));
		}
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.tasks.runAll();
		assertThat(this.room.held()).as("any call replaces it then").isEqualTo("token-2");
	}

	@Test
	void statusWhenWallClockIsSetBackThenTimesAreThoseOfTheClockAsItIs() {
		this.room.obtain();
		this.room.advanceSeconds(600);
		this.room.time.jumpWall(Duration.ofHours(-2));
		assertThat(held().usableUntil()).isEqualTo(this.room.time.instant().plusSeconds(49 * 60));
		assertThat(held().refreshAt()).isEqualTo(this.room.time.instant().plusSeconds(36 * 60 + 30));
		assertThat(status().isUsable()).isTrue();
	}

	@Test
	void statusWhenClosedThenStillTellsOfTheTokenThatIsServed() {
		this.room.obtain();
		this.room.source.close();
		assertThat(status().isUsable()).isTrue();
		assertThat(status().requesting()).isFalse();
	}

	private TokenStatus status() {
		return this.room.source.status();
	}

	private TokenStatus.Held held() {
		return Objects.requireNonNull(status().held());
	}

	private TokenStatus.Failure failure() {
		return Objects.requireNonNull(status().failure());
	}

}
