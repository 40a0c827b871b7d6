/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
