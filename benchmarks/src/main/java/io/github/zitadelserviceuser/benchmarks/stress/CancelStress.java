// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.stress;

import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.token.AccessToken;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/**
 * One of two waiting callers gives up while the token comes in.
 *
 * @since 0.1.0
 */
@JCStressTest
@State
@Outcome(id = "GAVE_UP, 1, 1", expect = Expect.ACCEPTABLE, desc = "The other one has the token.")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "Too late to give up: both have it.")
public class CancelStress {

	private final StressRoom room = new StressRoom(StressTasks.handed());

	private final CompletableFuture<AccessToken> one = this.room.ask();

	private final CompletableFuture<AccessToken> other = this.room.ask();

	/**
	 * Give up.
	 */
	@Actor
	public void cancel() {
		this.one.cancel(false);
	}

	/**
	 * Land the flight.
	 */
	@Actor
	public void land() {
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
