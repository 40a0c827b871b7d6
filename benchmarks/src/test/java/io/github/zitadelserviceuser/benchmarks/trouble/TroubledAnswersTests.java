// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.trouble;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.github.zitadelserviceuser.benchmarks.library.ClientLibrary;
import io.github.zitadelserviceuser.user.SharedResources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each library and each trouble, but not each of one with each of the other, and no
 * times.
 */
class TroubledAnswersTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@ParameterizedTest
	@EnumSource
	void goThroughWhenNoHeadComesThenLibraryLetsGoAndRecovers(ClientLibrary library) throws Exception {
		assertThatUserRecovers(library, Trouble.NO_HEAD);
	}

	@ParameterizedTest
	@EnumSource
	void goThroughWhenInTroubleThenLibraryLetsGoAndRecovers(Trouble trouble) throws Exception {
		assertThatUserRecovers(ClientLibrary.JDK, trouble);
	}

	@Test
	void moreWhenThreadWaitsThenItIsBusyUntilItEnds() throws Exception {
		BusyThreads before = BusyThreads.now();
		CountDownLatch latch = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			while (latch.getCount() > 0) {
				LockSupport.park(latch);
			}
		}, "stuck");
		thread.start();
		await(() -> before.more().contains("stuck"));
		assertThat(BusyThreads.now().more()).doesNotContain("stuck");
		latch.countDown();
		LockSupport.unpark(thread);
		thread.join();
		assertThat(before.more()).doesNotContain("stuck");
	}

	private static void assertThatUserRecovers(ClientLibrary library, Trouble trouble) throws Exception {
		try (TroubledEndpoint endpoint = new TroubledEndpoint();
				SharedResources shared = TroubledUser.resources(library);
				TroubledUser first = new TroubledUser(endpoint, shared, TroubledUser.impatient(PATIENCE));
				TroubledUser user = new TroubledUser(endpoint, shared,
						TroubledUser.impatient(Duration.ofMillis(200)))) {
			// The first request of all takes long.
			first.token();
			Aftermath aftermath = user.goThrough(trouble, Duration.ZERO);
			assertThat(aftermath.cpu()).isGreaterThanOrEqualTo(Duration.ZERO);
			assertThat(aftermath.recovery()).isLessThan(PATIENCE);
			await(() -> endpoint.letGoAt() != null);
		}
	}

	private static void await(BooleanSupplier condition) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime() - end).as("nanoseconds too late").isNegative();
			LockSupport.parkNanos(1_000_000);
		}
	}

}
