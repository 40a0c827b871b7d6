// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.stress;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.token.AccessToken;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/**
 * Two callers whose token was rejected, one of which also makes the request, whoever
 * caused it.
 *
 * @since 0.1.0
 */
@JCStressTest
@State
@Outcome(id = "2, 2, 2", expect = Expect.ACCEPTABLE, desc = "One request, and both have another token.")
public class RejectStress {

	private final StressRoom room = StressRoom.holding(Duration.ofMinutes(1));

	private final AccessToken token = this.room.ask().join();

	private @Nullable CompletableFuture<AccessToken> one;

	private @Nullable CompletableFuture<AccessToken> other;

	/**
	 * Reject the token.
	 */
	@Actor
	public void reject() {
		this.one = this.room.source.reject(this.token);
	}

	/**
	 * Reject the token and land the flight.
	 */
	@Actor
	public void rejectAndLand() {
		this.other = this.room.source.reject(this.token);
		this.room.tasks.runNext();
	}

	/**
	 * Judge.
	 * @param result the answers and the number of requests
	 */
	@Arbiter
	public void judge(LLI_Result result) {
		result.r1 = StressRoom.answer(this.one);
		result.r2 = StressRoom.answer(this.other);
		result.r3 = this.room.requests();
	}

}
