// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.stress;

import java.time.Duration;
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
 * The time that callers may wait runs out while the token comes in. Who asks after that
 * is answered at once, as the one who waited was; and after the pause there is a token.
 *
 * @since 0.1.0
 */
@JCStressTest
@State
@Outcome(id = "1 1, 1, 1", expect = Expect.ACCEPTABLE, desc = "The token came in time, and is held.")
@Outcome(id = "TIMEOUT TIMEOUT, 1, 1", expect = Expect.ACCEPTABLE, desc = "No request was made before the pause.")
@Outcome(id = "TIMEOUT TIMEOUT, 2, 2", expect = Expect.ACCEPTABLE, desc = "The answer came too late.")
public class TimeOutStress {

	private final StressRoom room = new StressRoom(StressTasks.handed());

	private final CompletableFuture<AccessToken> one = this.room.ask();

	private String other = "NOT_ASKED";

	/**
	 * The one who waits has no time left for another request.
	 */
	public TimeOutStress() {
		this.room.advance(Duration.ofSeconds(10));
	}

	/**
	 * Land the flight.
	 */
	@Actor
	public void land() {
		this.room.tasks.runNext();
	}

	/**
	 * Let the time run out, and ask.
	 */
	@Actor
	public void timeOut() {
		this.room.tasks.fireTimer();
		this.other = StressRoom.answer(this.room.ask());
	}

	/**
	 * Judge.
	 * @param result the answers, the token after the pause, and the number of requests
	 */
	@Arbiter
	public void judge(LLI_Result result) {
		result.r1 = StressRoom.answer(this.one) + " " + this.other;
		result.r2 = StressRoom.answer(this.room.obtainAfter(Duration.ofSeconds(1)));
		result.r3 = this.room.requests();
	}

}
