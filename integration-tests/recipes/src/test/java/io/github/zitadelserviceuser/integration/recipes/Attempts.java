// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.context.event.EventListener;
import org.springframework.resilience.retry.MethodRetryEvent;

/**
 * Counts the attempts of methods that are retried.
 */
class Attempts {

	private final AtomicInteger failed = new AtomicInteger();

	@EventListener
	void hasFailed(MethodRetryEvent event) {
		if (!event.isRetryAborted()) {
			this.failed.incrementAndGet();
		}
	}

	int failed() {
		return this.failed.get();
	}

	void reset() {
		this.failed.set(0);
	}

}
