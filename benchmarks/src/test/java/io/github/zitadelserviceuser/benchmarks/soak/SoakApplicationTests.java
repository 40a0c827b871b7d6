// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.soak;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One application of the soak, and a server without faults.
 */
class SoakApplicationTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final Ledger ledger = new Ledger();

	private final AtomicInteger requests = new AtomicInteger();

	private final ReentrantLock gate = new ReentrantLock() {

		@Override
		public void lock() {
			super.lock();
			SoakApplicationTests.this.requests.incrementAndGet();
		}

	};

	@AfterEach
	void close() {
		this.zitadel.close();
	}

	@Test
	void callWhenServerHasTokensThenEachCallHasOneAndItIsKnown() {
		try (SoakApplication application = new SoakApplication(this.zitadel, this.ledger, this.gate)) {
			assertThat(application.hasToken()).isFalse();
			application.callBlocking();
			application.callReactive();
			assertThat(this.ledger.begun()).isEqualTo(4);
			assertThat(this.ledger.underWay()).isZero();
			assertThat(this.ledger.causes()).isEmpty();
			assertThat(this.ledger.expired()).isZero();
			assertThat(this.requests).hasPositiveValue();
			// Callers are answered before listeners are told.
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
			while (!application.hasToken() && System.nanoTime() - end < 0) {
				Thread.onSpinWait();
			}
			assertThat(application.hasToken()).isTrue();
		}
	}

}
