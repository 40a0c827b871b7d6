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
 * A token is rejected while its replacement comes in.
 *
 * @since 0.1.0
 */
@JCStressTest
@State
@Outcome(id = "2, 2 3, 3", expect = Expect.ACCEPTABLE, desc = "The new token is held until its end.")
public class LateRejectStress {

	private final StressRoom room = StressRoom.holding(Duration.ofMinutes(50));

	private final AccessToken token = this.room.ask().join();

	private @Nullable CompletableFuture<AccessToken> answer;

	/**
	 * Reject the old token.
	 */
	@Actor
	public void reject() {
		this.answer = this.room.source.reject(this.token);
	}

	/**
	 * Land the flight that the old token's age caused.
	 */
	@Actor
	public void land() {
		this.room.tasks.runNext();
	}

	/**
	 * Judge.
	 * @param result the answer, the token afterwards and the one after its end, and the
	 * number of requests
	 */
	@Arbiter
	public void judge(LLI_Result result) {
		result.r1 = StressRoom.answer(this.answer);
		result.r2 = StressRoom.answer(this.room.ask()) + " "
				+ StressRoom.answer(this.room.obtainAfter(Duration.ofHours(1)));
		result.r3 = this.room.requests();
	}

}
