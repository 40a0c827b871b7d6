// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What of a caller goes along with the request that is made for it.
 */
class CallerContextTests {

	private static final ThreadLocal<String> TRACE = new ThreadLocal<>();

	private final List<String> traces = new ArrayList<>();

	private final TokenRoom room = new TokenRoom(RefreshPolicy.defaults(),
			(builder) -> builder.callerContext(CallerContextTests::capture));

	@Test
	void requestWhenCallerWaitsThenItsContextGoesAlong() {
		this.room.grant.answer(this::recordAndSucceed);
		CompletableFuture<AccessToken> first = get("first");
		CompletableFuture<AccessToken> second = get("second");
		this.room.tasks.runAll();
		assertThat(first).isCompleted();
		assertThat(second).isCompleted();
		assertThat(this.traces).containsExactly("first");
	}

	@Test
	void requestWhenAttemptIsRepeatedThenContextGoesAlongAgain() {
		this.room.grant.answer(() -> {
			this.traces.add(TRACE.get());
			throw ScriptedGrant.failure(Reason.UNREACHABLE, null);
		});
		this.room.grant.answer(this::recordAndSucceed);
		CompletableFuture<AccessToken> caller = get("first");
		this.room.tasks.runAll();
		this.room.advanceSeconds(1);
		assertThat(caller).isCompleted();
		assertThat(this.traces).containsExactly("first", "first");
	}

	@Test
	void requestWhenNobodyWaitsThenItBelongsToNobody() {
		this.room.obtain();
		this.room.advanceSeconds(50 * 60);
		this.room.grant.answer(this::recordAndSucceed);
		assertThat(get("caller")).isCompleted();
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
		assertThat(this.traces).containsExactly((String) null);
	}

	@Test
	void requestWhenItKeepsWarmThenNobodysContextIsCaptured() {
		AtomicInteger captured = new AtomicInteger();
		TokenRoom warm = new TokenRoom(RefreshPolicy.defaults().withKeepWarm(true),
				(builder) -> builder.callerContext(() -> {
					captured.incrementAndGet();
					return capture();
				}));
		warm.grant.fail(Reason.REFUSED);
		warm.source.get();
		warm.tasks.runAll();
		assertThat(captured).hasValue(1);
		warm.advanceSeconds(0.5);
		assertThat(warm.held()).isEqualTo("token-1");
		assertThat(captured).hasValue(1);
	}

	@ParameterizedTest
	@MethodSource
	void requestWhenContextIsBrokenThenTokenIsRequestedOnceAllTheSame(CallerContext context) {
		TokenRoom broken = new TokenRoom(RefreshPolicy.defaults(), (builder) -> builder.callerContext(context));
		assertThat(broken.obtain().value()).isEqualTo("token-1");
		assertThat(broken.grant.requests()).isOne();
		broken.advance(Duration.ofHours(2));
		assertThat(broken.obtain().value()).isEqualTo("token-2");
	}

	static Stream<CallerContext> requestWhenContextIsBrokenThenTokenIsRequestedOnceAllTheSame() {
		return Stream.of(() -> {
			throw CallerContextTests.<RuntimeException>sneaky(new IOException("at capture"));
		}, () -> {
			throw new NoClassDefFoundError("at capture");
		}, () -> (step) -> {
			throw CallerContextTests.<RuntimeException>sneaky(new IOException("ahead of the step"));
		}, () -> (step) -> () -> {
			throw CallerContextTests.<RuntimeException>sneaky(new IOException("instead of the step"));
		}, () -> (step) -> () -> {
			step.run();
			throw CallerContextTests.<RuntimeException>sneaky(new IOException("after the step"));
		}, () -> (step) -> () -> {
		}, () -> (step) -> () -> {
			step.run();
			step.run();
		});
	}

	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <E extends Throwable> RuntimeException sneaky(Throwable ex) throws E {
		throw (E) ex;
	}

	private TokenResponse recordAndSucceed() {
		this.traces.add(TRACE.get());
		return this.room.grant.token(ScriptedGrant.LIFETIME);
	}

	private CompletableFuture<AccessToken> get(String trace) {
		TRACE.set(trace);
		try {
			return this.room.source.get();
		}
		finally {
			TRACE.remove();
		}
	}

	private static UnaryOperator<Runnable> capture() {
		String trace = TRACE.get();
		return (step) -> () -> {
			TRACE.set(trace);
			try {
				step.run();
			}
			finally {
				TRACE.remove();
			}
		};
	}

}
