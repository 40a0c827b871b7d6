// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.soak;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * What became of the calls. A call begins, and ends once.
 */
final class Ledger {

	private static final int MOST_CAUSES = 50;

	private final LongAdder begun = new LongAdder();

	private final LongAdder ended = new LongAdder();

	private final LongAdder expired = new LongAdder();

	private final LongAdder avoidable = new LongAdder();

	private final LongAdder unavoidable = new LongAdder();

	private final Map<String, LongAdder> causes = new ConcurrentHashMap<>();

	void begin() {
		this.begun.increment();
	}

	/**
	 * End a call.
	 * @param failure why it failed, if it did
	 * @param avoidable whether a usable token was held when it began
	 */
	void end(@Nullable Throwable failure, boolean avoidable) {
		this.ended.increment();
		if (failure != null) {
			(avoidable ? this.avoidable : this.unavoidable).increment();
			count((avoidable ? "avoidable: " : "no token: ") + failure);
		}
	}

	private void count(String cause) {
		// A message may hold a figure: a soak of an hour must not collect all that there
		// are.
		String key = (this.causes.size() < MOST_CAUSES) ? cause : "others";
		this.causes.computeIfAbsent(key, (name) -> new LongAdder()).increment();
	}

	/**
	 * A token arrived at the resource that is not valid by the clock of the server.
	 */
	void expiredToken() {
		this.expired.increment();
	}

	long begun() {
		return this.begun.sum();
	}

	long underWay() {
		return this.begun.sum() - this.ended.sum();
	}

	long expired() {
		return this.expired.sum();
	}

	long avoidable() {
		return this.avoidable.sum();
	}

	long unavoidable() {
		return this.unavoidable.sum();
	}

	Map<String, LongAdder> causes() {
		return new TreeMap<>(this.causes);
	}

}
