// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.stress;

import java.time.Duration;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/**
 * Two callers with a token that is due for refresh, one of which also makes the request,
 * whoever caused it.
 *
 * @since 0.1.0
 */
@JCStressTest
@State
@Outcome(id = "1, 1, 2", expect = Expect.ACCEPTABLE, desc = "One request, and both callers have the old token.")
@Outcome(id = "2, 1, 2", expect = Expect.ACCEPTABLE, desc = "One came after the refresh.")
public class StaleStress {

	private final StressRoom room = StressRoom.holding(Duration.ofMinutes(50));

	private String one = "NOT_ASKED";

	private String other = "NOT_ASKED";

	/**
	 * Ask, and do not wait.
	 */
	@Actor
	public void ask() {
		this.one = StressRoom.answer(this.room.ask());
	}

	/**
	 * Ask, do not wait, and land the flight.
	 */
	@Actor
	public void askAndLand() {
		this.other = StressRoom.answer(this.room.ask());
		this.room.tasks.runNext();
	}

	/**
	 * Judge.
	 * @param result the answers and the number of requests
	 */
	@Arbiter
	public void judge(LLI_Result result) {
		result.r1 = this.one;
		result.r2 = this.other;
		result.r3 = this.room.requests();
	}

}
