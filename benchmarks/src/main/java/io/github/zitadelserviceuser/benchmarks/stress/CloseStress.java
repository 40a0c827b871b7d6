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
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A caller without a token, who also makes the request, while the source is closed. Who
 * asks after that is answered at once, and causes no request.
 *
 * @since 0.1.0
 */
@JCStressTest
@State
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "The token came in time, and is served on.")
@Outcome(id = "CANCELLED, CANCELLED, 1", expect = Expect.ACCEPTABLE, desc = "Closed during the request.")
@Outcome(id = "CANCELLED, CANCELLED, 0", expect = Expect.ACCEPTABLE, desc = "Closed before the request.")
@Outcome(id = "CANCELLED, CANCELLED, LATE", expect = Expect.ACCEPTABLE_INTERESTING,
		desc = "Closed between the last look at the state and the request, which closing the tasks interrupts.")
public class CloseStress {

	private final StressRoom room = new StressRoom(StressTasks.inline());

	private @Nullable CompletableFuture<AccessToken> one;

	private String other = "NOT_ASKED";

	/**
	 * Ask, and land the flight.
	 */
	@Actor
	public void ask() {
		this.one = this.room.ask();
	}

	/**
	 * Close and ask.
	 */
	@Actor
	public void close() {
		this.room.source.close();
		this.other = StressRoom.answer(this.room.ask());
	}

	/**
	 * Judge.
	 * @param result the answers and the number of requests, or that there was a late one
	 */
	@Arbiter
	public void judge(LLL_Result result) {
		result.r1 = StressRoom.answer(this.one);
		result.r2 = this.other;
		result.r3 = (this.room.lateRequests() > 0) ? "LATE" : this.room.requests();
	}

}
