// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a {@link TokenListener} is told, and what it cannot break.
 */
class TokenListenerTests {

	private final List<Throwable> uncaught = new ArrayList<>();

	private final List<LogRecord> logged = new ArrayList<>();

	private final Logger logger = Logger.getLogger(RefreshingTokenSource.class.getName());

	private final Handler handler = new Handler() {

		@Override
		public void publish(LogRecord event) {
			TokenListenerTests.this.logged.add(event);
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

	};

	@BeforeEach
	void collect() {
		Thread.currentThread().setUncaughtExceptionHandler((thread, ex) -> this.uncaught.add(ex));
		this.logger.setUseParentHandlers(false);
		this.logger.addHandler(this.handler);
	}

	@AfterEach
	void restore() {
		Thread.currentThread().setUncaughtExceptionHandler(null);
		this.logger.removeHandler(this.handler);
		this.logger.setUseParentHandlers(true);
	}

	@Test
	void eventsWhenTokenLivesThenEachIsToldOnce() {
		TokenRoom room = new TokenRoom();
		room.grant.succeed(ScriptedGrant.LIFETIME)
			.succeed(ScriptedGrant.LIFETIME)
			.fail(Reason.UNAVAILABLE)
			.fail(Reason.UNAVAILABLE)
			.succeed(ScriptedGrant.LIFETIME);
		room.obtain();
		room.obtain();
		room.advance(Duration.ofMinutes(50));
		room.obtain();
		room.advance(Duration.ofMinutes(50));
		room.obtain();
		room.advance(Duration.ofMinutes(10));
		CompletableFuture<AccessToken> caller = room.source.get();
		room.tasks.runAll();
		room.advanceSeconds(1);
		room.source.reject(TokenRoom.token(caller));
		room.advanceSeconds(10);
		room.source.reject(TokenRoom.token(caller));
		room.obtain();
		assertThat(room.listener.take()).containsExactly("obtained token-1", "refreshed token-2", "failed UNAVAILABLE",
				"failed UNAVAILABLE", "obtained token-3", "rejected token-3", "refreshed token-4");
	}

	@Test
	void eventsWhenToldThenStateHasChangedAlready() {
		AtomicReference<RefreshingTokenSource> source = new AtomicReference<>();
		List<String> seen = new ArrayList<>();
		TokenRoom room = new TokenRoom(RefreshPolicy.defaults(), (builder) -> builder.listener(new TokenListener() {

			@Override
			public void onObtained(AccessToken token) {
				seen.add(source.get().get().join().value());
			}

		}));
		source.set(room.source);
		room.obtain();
		assertThat(seen).containsExactly("token-1");
	}

	@ParameterizedTest
	@ValueSource(classes = { IllegalStateException.class, NoClassDefFoundError.class, IOException.class })
	void eventsWhenListenerThrowsThenNothingIsDisturbed(Class<? extends Throwable> type) {
		ThrowingListener throwing = new ThrowingListener(type);
		TokenRoom room = new TokenRoom(RefreshPolicy.defaults().withKeepWarm(true),
				(builder) -> builder.listener(throwing));
		room.grant.fail(Reason.UNAVAILABLE);
		CompletableFuture<AccessToken> caller = room.source.get();
		room.tasks.runAll();
		room.advanceSeconds(0.5);
		AccessToken token = TokenRoom.token(caller);
		assertThat(token.value()).isEqualTo("token-1");
		room.advanceSeconds(10);
		CompletableFuture<AccessToken> rejecting = room.source.reject(token);
		room.grant.fail(Reason.REFUSED);
		room.tasks.runAll();
		assertThat(TokenRoom.token(rejecting)).isSameAs(token);
		room.advance(Duration.ofMinutes(47));
		assertThat(room.held()).as("kept warm").isEqualTo("token-3");
		room.source.close();
		assertThat(room.tasks.isClosed()).isTrue();
		assertThat(throwing.thrown).containsExactly("failed UNAVAILABLE", "obtained token-1", "rejected token-1",
				"failed REFUSED", "refreshed token-2", "refreshed token-3");
		assertThat(this.logged).as("once for what always fails in one way").singleElement().satisfies((event) -> {
			assertThat(event.getThrown()).isInstanceOf(type).hasMessage("failed UNAVAILABLE");
			assertThat(event.getLevel()).isEqualTo(Level.WARNING);
			assertThat(event.getMessage()).contains(ThrowingListener.class.getName()).contains("DEBUG");
		});
		assertThat(this.uncaught).as("what may end the process").isEmpty();
		assertThat(room.listener.take()).as("one listener does not silence another").hasSize(6);
	}

	@Test
	void eventsWhenToldThenNextWakeUpIsSetAlready() {
		AtomicReference<ManualTasks> tasks = new AtomicReference<>();
		List<Integer> timers = new ArrayList<>();
		TokenRoom room = new TokenRoom(RefreshPolicy.defaults().withKeepWarm(true),
				(builder) -> builder.listener(new TokenListener() {

					@Override
					public void onObtained(AccessToken token) {
						timers.add(tasks.get().timers());
					}

					@Override
					public void onFailed(TokenRequestException failure) {
						timers.add(tasks.get().timers());
					}

				}));
		tasks.set(room.tasks);
		room.grant.fail(Reason.REFUSED);
		room.source.get();
		room.tasks.runAll();
		room.advanceSeconds(0.5);
		assertThat(room.held()).isEqualTo("token-1");
		assertThat(timers).containsExactly(1, 1);
	}

	@Test
	void eventsWhenAttemptIsRepeatedThenToldWhenItIsOnItsWay() {
		AtomicReference<TokenRoom> room = new AtomicReference<>();
		List<Integer> timers = new ArrayList<>();
		room.set(new TokenRoom(RefreshPolicy.defaults(), (builder) -> builder.listener(new TokenListener() {

			@Override
			public void onFailed(TokenRequestException failure) {
				timers.add(room.get().tasks.timers());
			}

		})));
		room.get().grant.fail(Reason.UNAVAILABLE);
		CompletableFuture<AccessToken> caller = room.get().source.get();
		room.get().tasks.runAll();
		assertThat(timers).as("the end of the flight and the repetition").containsExactly(2);
		room.get().advanceSeconds(0.5);
		assertThat(TokenRoom.token(caller)).isNotNull();
	}

	@Test
	void eventsWhenTokenIsRejectedThenToldWhenTheRequestIsOnItsWay() {
		AtomicReference<RefreshingTokenSource> source = new AtomicReference<>();
		List<Boolean> underWay = new ArrayList<>();
		TokenRoom room = new TokenRoom(RefreshPolicy.defaults(), (builder) -> builder.listener(new TokenListener() {

			@Override
			public void onRejected(AccessToken token) {
				underWay.add(source.get().status().requesting());
			}

		}));
		source.set(room.source);
		AccessToken token = room.obtain();
		room.advanceSeconds(10);
		CompletableFuture<AccessToken> another = room.source.reject(token);
		assertThat(underWay).containsExactly(true);
		room.tasks.runAll();
		assertThat(TokenRoom.token(another).value()).isEqualTo("token-2");
	}

	@Test
	void eventsWhenTimeIsOverThenTheThreadOfTheTimerDoesNotTell() {
		TokenRoom room = new TokenRoom();
		room.tasks.tellLater();
		room.source.get();
		assertThat(room.tasks.waiting()).as("the attempt, which has no thread yet").isOne();
		room.tasks.fireNext(Long.MAX_VALUE);
		assertThat(room.listener.take()).isEmpty();
		room.tasks.runAll();
		assertThat(room.listener.take()).containsExactly("failed TIMEOUT");
	}

	/**
	 * Throw what the compiler does not know of, as code in Kotlin does.
	 */
	@SuppressWarnings("unchecked")
	private static <E extends Throwable> E sneaky(Throwable ex) throws E {
		throw (E) ex;
	}

	private static final class ThrowingListener implements TokenListener {

		private final List<String> thrown = new ArrayList<>();

		private final Class<? extends Throwable> type;

		private ThrowingListener(Class<? extends Throwable> type) {
			this.type = type;
		}

		@Override
		public void onObtained(AccessToken token) {
			fail("obtained " + token.value());
		}

		@Override
		public void onRefreshed(AccessToken token) {
			fail("refreshed " + token.value());
		}

		@Override
		public void onFailed(TokenRequestException failure) {
			fail("failed " + failure.getReason());
		}

		@Override
		public void onRejected(AccessToken token) {
			fail("rejected " + token.value());
		}

		private void fail(String event) {
			this.thrown.add(event);
			try {
				throw TokenListenerTests
					.<RuntimeException>sneaky(this.type.getDeclaredConstructor(String.class).newInstance(event));
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
