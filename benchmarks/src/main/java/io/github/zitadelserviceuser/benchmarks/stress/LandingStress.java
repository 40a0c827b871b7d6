// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.stress;

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
 * Two callers without a token. Whoever causes the request makes it, so that the other one
 * comes before, during or after it.
 *
 * @since 0.1.0
 */
@JCStressTest
@State
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "One request, and both callers have its token.")
public class LandingStress {

	private final StressRoom room = new StressRoom(StressTasks.inline());

	private @Nullable CompletableFuture<AccessToken> one;

	private @Nullable CompletableFuture<AccessToken> other;

	/**
	 * Ask.
	 */
	@Actor
	public void ask() {
		this.one = this.room.ask();
	}

	/**
	 * Ask.
	 */
	@Actor
	public void askToo() {
		this.other = this.room.ask();
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
