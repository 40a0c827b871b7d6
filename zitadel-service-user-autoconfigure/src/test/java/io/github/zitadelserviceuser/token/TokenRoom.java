// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A source of tokens with everything around it in the hands of the test. Half of each
 * random range is drawn: pauses last 0.5 s, 1 s, 2 s and so on, and a token for one hour
 * is refreshed after 46.5 minutes and used for 59.
 */
final class TokenRoom {

	final MutableTime time = new MutableTime();

	final ManualTasks tasks = new ManualTasks(this.time);

	final ScriptedGrant grant = new ScriptedGrant();

	final RecordingListener listener = new RecordingListener();

	final FixedRandom random = new FixedRandom(0.5);

	final RefreshingTokenSource source;

	TokenRoom() {
		this(RefreshPolicy.defaults());
	}

	TokenRoom(RefreshPolicy policy) {
		this(policy, UnaryOperator.identity());
	}

	TokenRoom(RefreshPolicy policy, UnaryOperator<RefreshingTokenSourceBuilder> customizer) {
		this.source = customizer
			.apply(RefreshingTokenSource.builder(this.grant)
				.policy(policy)
				.listener(this.listener)
				.tasks(this.tasks)
				.time(this.time, this.time::nanoTime)
				.random(this.random))
			.build();
	}

	/**
	 * Ask, let a flight that this causes take place, and return what came of it.
	 */
	AccessToken obtain() {
		CompletableFuture<AccessToken> future = this.source.get();
		this.tasks.runAll();
		assertThat(future).as("answer").isDone();
		return future.join();
	}

	/**
	 * Return the token that is had without waiting.
	 */
	String held() {
		CompletableFuture<AccessToken> future = this.source.get();
		assertThat(future).as("token without waiting").isCompleted();
		return future.join().value();
	}

	/**
	 * Return the reason for which there is no token, and none is waited for.
	 */
	Reason refused() {
		return failure(this.source.get()).getReason();
	}

	void advance(Duration duration) {
		this.tasks.advance(duration);
	}

	void advanceSeconds(double seconds) {
		advance(Duration.ofNanos((long) (seconds * 1e9)));
	}

	static AccessToken token(CompletableFuture<AccessToken> future) {
		assertThat(future).as("answer").isCompleted();
		return future.join();
	}

	static TokenRequestException failure(CompletableFuture<AccessToken> future) {
		assertThat(future).as("answer").isCompletedExceptionally();
		return (TokenRequestException) future.handle((token, ex) -> (ex instanceof CompletionException) ? null : ex)
			.join();
	}

}
