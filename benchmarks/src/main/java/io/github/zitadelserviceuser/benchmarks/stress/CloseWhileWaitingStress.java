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
 * The source is closed while one caller waits and another joins it. The request that they
 * wait for is never made.
 *
 * @since 0.1.0
 */
@JCStressTest
@State
@Outcome(id = "CANCELLED, CANCELLED, 0", expect = Expect.ACCEPTABLE, desc = "Both are told, and none waits on.")
public class CloseWhileWaitingStress {

	private final StressRoom room = new StressRoom(StressTasks.handed());

	private final CompletableFuture<AccessToken> one = this.room.ask();

	private @Nullable CompletableFuture<AccessToken> other;

	/**
	 * Join the flight.
	 */
	@Actor
	public void ask() {
		this.other = this.room.ask();
	}

	/**
	 * Close.
	 */
	@Actor
	public void close() {
		this.room.source.close();
	}

	/**
	 * Judge, once the attempt has been made after all.
	 * @param result the answers and the number of requests
	 */
	@Arbiter
	public void judge(LLI_Result result) {
		this.room.tasks.runNext();
		result.r1 = StressRoom.answer(this.one);
		result.r2 = StressRoom.answer(this.other);
		result.r3 = this.room.requests();
	}

}
