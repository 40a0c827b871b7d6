// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.herd;

import java.time.Duration;

import io.github.zitadelserviceuser.benchmarks.holder.Holder;
import io.github.zitadelserviceuser.benchmarks.holder.HolderKind;
import io.github.zitadelserviceuser.benchmarks.holder.StubEndpoint;
import io.github.zitadelserviceuser.benchmarks.holder.Timing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Herds so small that they are the same on any machine.
 */
class HerdTests {

	@ParameterizedTest
	@CsvSource({ "40, 0", "0, 40", "20, 20" })
	void runWhenLibraryHoldsTokenThenOneRequest(int blocking, int nonBlocking) throws Exception {
		StubEndpoint endpoint = StubEndpoint.of(Duration.ofMillis(50));
		try (Holder holder = HolderKind.SERVICE_USER.create(endpoint, Timing.SYSTEM)) {
			Herd.Result result = Herd.run(endpoint, holder, blocking, Thread::new, holder, nonBlocking);
			assertThat(result.requests()).isOne();
			assertThat(result.failed()).isZero();
			assertThat(result.time()).isGreaterThanOrEqualTo(Duration.ofMillis(45));
		}
	}

	@Test
	void runWhenThereIsNoTokenThenAllHaveFailed() throws Exception {
		Holder none = () -> {
			throw new IllegalStateException();
		};
		Herd.Result result = Herd.run(StubEndpoint.of(Duration.ZERO), none, 5, Thread::new, none, 5);
		assertThat(result.failed()).isEqualTo(10);
	}

}
