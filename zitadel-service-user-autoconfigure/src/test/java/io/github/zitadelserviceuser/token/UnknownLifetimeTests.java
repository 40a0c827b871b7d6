// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that does not say how long its tokens live, as ZITADEL where that is a second.
 */
class UnknownLifetimeTests {

	private final MutableTime time = new MutableTime();

	private final ManualTasks tasks = new ManualTasks(this.time);

	private final AtomicInteger requests = new AtomicInteger();

	private final List<AccessToken> told = new ArrayList<>();

	private final RefreshingTokenSource source = RefreshingTokenSource
		.builder(() -> new TokenResponse("token-" + this.requests.incrementAndGet(), null))
		.tasks(this.tasks)
		.time(this.time, this.time::nanoTime)
		.random(new FixedRandom(0.5))
		.listener(new TokenListener() {

			@Override
			public void onLifetimeUnknown(AccessToken token) {
				UnknownLifetimeTests.this.told.add(token);
			}

		})
		.build();

	@Test
	void getWhenLifetimeIsUnknownThenAMinuteIsAssumedAndToldOnce() {
		AccessToken token = get();
		assertThat(Duration.between(token.issuedAt(), token.expiresAt())).isEqualTo(Duration.ofSeconds(60));
		this.tasks.advance(Duration.ofMinutes(2));
		assertThat(get()).isNotEqualTo(token);
		assertThat(this.told).containsExactly(token);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 1, 3.3, 25 })
	void rejectWhenTokensEndEarlierThenFewCallsMeetOne(double lifetime) {
		Server server = new Server(lifetime);
		for (int i = 0; i < 100; i++) {
			server.call();
			this.tasks.advance(Duration.ofMillis((long) (100 * lifetime)));
		}
		assertThat(server.rejections).as("of 100 calls in ten lifetimes").isLessThan(5);
		assertThat(this.requests.get()).isBetween(10, 20);
	}

	@Test
	void rejectWhenTokenHasEndedThenItIsReplacedAtOnce() {
		AccessToken token = get();
		this.tasks.advance(Duration.ofSeconds(2));
		AccessToken other = reject(token);
		assertThat(other).isNotEqualTo(token);
		assertThat(Duration.between(other.issuedAt(), other.expiresAt())).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void rejectWhenTokenCannotHaveEndedThenNothingIsLearnt() {
		AccessToken token = get();
		this.tasks.advance(Duration.ofMillis(999));
		assertThat(reject(token)).isSameAs(token);
		this.tasks.advance(Duration.ofSeconds(5));
		assertThat(reject(token)).as("rejected for another reason").isSameAs(token);
		this.tasks.advance(Duration.ofSeconds(5));
		AccessToken other = reject(token);
		assertThat(Duration.between(other.issuedAt(), other.expiresAt())).isEqualTo(Duration.ofSeconds(60));
		this.tasks.advance(Duration.ofSeconds(49));
		assertThat(reject(other)).as("replaced, as any rejected one").isNotEqualTo(other);
		this.tasks.advance(Duration.ofSeconds(2));
		AccessToken later = reject(get());
		assertThat(Duration.between(later.issuedAt(), later.expiresAt())).as("a minute later")
			.isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void rejectWhenYoungerOneIsRejectedThenWhatWasLearntIsForgotten() {
		AccessToken token = get();
		this.tasks.advance(Duration.ofSeconds(2));
		AccessToken other = reject(token);
		assertThat(reject(other)).isSameAs(other);
		this.tasks.advance(Duration.ofSeconds(2));
		AccessToken third = get();
		assertThat(Duration.between(third.issuedAt(), third.expiresAt())).isEqualTo(Duration.ofSeconds(60));
	}

	@ParameterizedTest
	@ValueSource(longs = { 10, 100, 300, 700, 1000, 1500, 2500, 5000, 7000 })
	void rejectWhenServerAlwaysAnswers401ThenFewRequests(long millisBetweenCalls) {
		Server server = new Server(0);
		int calls = (int) (600_000 / millisBetweenCalls);
		for (int i = 0; i < calls; i++) {
			server.call();
			this.tasks.advance(Duration.ofMillis(millisBetweenCalls));
		}
		assertThat(server.rejections).isGreaterThanOrEqualTo(calls);
		assertThat(this.requests.get()).as("in ten minutes, with %d calls", calls).isLessThan(100);
	}

	private AccessToken get() {
		return run(this.source.get());
	}

	private AccessToken reject(AccessToken token) {
		return run(this.source.reject(token));
	}

	private AccessToken run(CompletableFuture<AccessToken> future) {
		this.tasks.runAll();
		return TokenRoom.token(future);
	}

	/**
	 * Rejects what is older than a token lives. A call that is rejected is repeated once.
	 */
	private final class Server {

		private final double lifetime;

		private int rejections;

		private Server(double lifetime) {
			this.lifetime = lifetime;
		}

		private void call() {
			AccessToken token = get();
			if (isRejected(token)) {
				this.rejections++;
				AccessToken other = reject(token);
				if (!other.equals(token) && isRejected(other)) {
					this.rejections++;
				}
			}
		}

		private boolean isRejected(AccessToken token) {
			Duration age = Duration.between(token.issuedAt(), UnknownLifetimeTests.this.time.instant());
			return age.toMillis() >= 1000 * this.lifetime;
		}

	}

}
