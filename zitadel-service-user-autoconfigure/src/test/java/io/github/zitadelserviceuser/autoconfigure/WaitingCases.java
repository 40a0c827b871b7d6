// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.RefreshingTokenSourceBuilder;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenResponse;

/**
 * Callers who wait for a token and get none.
 */
final class WaitingCases implements TroubleshootingCases {

	private static final TokenGrant NEVER = () -> {
		await(new CountDownLatch(1));
		throw new IllegalStateException("Nothing came");
	};

	@Override
	public void provoke(BiConsumer<String, String> texts) {
		texts.accept("no token in time", failure(NEVER, within(Duration.ofMillis(100))));
		// On a busy machine it takes its time until the first attempt has failed.
		texts.accept("no token in time, after a failure", failure(failingOnce(), within(Duration.ofSeconds(3))));
		texts.accept("requests hang", hanging());
		texts.accept("clock was set", clockSet());
		texts.accept("token had expired", failure(() -> new TokenResponse("token", Duration.ZERO)));
		texts.accept("token of another grant", failure(() -> new TokenResponse("a b", Duration.ofHours(1))));
		texts.accept("unexpected", failure(() -> {
			throw new IllegalStateException("a bug");
		}));
		texts.accept("thread must not block", failure(NEVER, (builder) -> builder.nonBlockingThread(() -> true)));
		texts.accept("thread is one of ours", waitingForItself());
		texts.accept("caller was interrupted", failure(NEVER, (builder) -> {
			Thread.currentThread().interrupt();
			return builder;
		}));
		Thread.interrupted();
		RefreshingTokenSource closed = RefreshingTokenSource.builder(NEVER).build();
		closed.close();
		texts.accept("closed", TroubleshootingCases.messageOf(closed::await));
	}

	private static String waitingForItself() {
		AtomicReference<RefreshingTokenSource> source = new AtomicReference<>();
		AtomicReference<String> message = new AtomicReference<>("");
		try (RefreshingTokenSource own = build(() -> {
			message.set(TroubleshootingCases.messageOf(source.get()::await));
			return new TokenResponse("token", Duration.ofHours(1));
		}, UnaryOperator.identity())) {
			source.set(own);
			own.await();
		}
		return message.get();
	}

	private static TokenGrant failingOnce() {
		AtomicInteger requests = new AtomicInteger();
		return () -> {
			if (requests.incrementAndGet() == 1) {
				throw new TokenRequestException(Reason.UNAVAILABLE, "No answer");
			}
			return NEVER.request();
		};
	}

	private static String hanging() {
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger hanging = new AtomicInteger();
		TokenGrant deaf = () -> {
			hanging.incrementAndGet();
			while (release.getCount() > 0) {
				await(release);
			}
			return new TokenResponse("token", Duration.ofHours(1));
		};
		try (RefreshingTokenSource source = build(deaf, within(Duration.ofMillis(100)))) {
			// On a busy machine a request may be given up before it has a thread.
			while (hanging.get() < 8) {
				TroubleshootingCases.messageOf(source::await);
			}
			return TroubleshootingCases.messageOf(source::await);
		}
		finally {
			release.countDown();
		}
	}

	private static String clockSet() {
		ClockSetForward clock = new ClockSetForward();
		TokenGrant grant = () -> {
			clock.now = clock.now.plus(Duration.ofHours(2));
			// So late that no attempt is repeated.
			clock.nanoTime.addAndGet(Duration.ofSeconds(9).toNanos());
			return new TokenResponse("token", Duration.ofHours(1));
		};
		return failure(grant, (builder) -> builder.time(clock, clock.nanoTime::get));
	}

	private static String failure(TokenGrant grant) {
		return failure(grant, UnaryOperator.identity());
	}

	private static String failure(TokenGrant grant, UnaryOperator<RefreshingTokenSourceBuilder> change) {
		try (RefreshingTokenSource source = build(grant, change)) {
			return TroubleshootingCases.messageOf(source::await);
		}
	}

	private static UnaryOperator<RefreshingTokenSourceBuilder> within(Duration tokenTimeout) {
		return (builder) -> builder.policy(RefreshPolicy.defaults().withTokenTimeout(tokenTimeout));
	}

	private static RefreshingTokenSource build(TokenGrant grant, UnaryOperator<RefreshingTokenSourceBuilder> change) {
		return change.apply(RefreshingTokenSource.builder(grant).random(() -> 0L)).build();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			// The caller knows whether to go on.
		}
	}

	private static final class ClockSetForward extends Clock {

		private final AtomicLong nanoTime = new AtomicLong();

		private volatile Instant now = Instant.EPOCH;

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return this.now;
		}

	}

}
