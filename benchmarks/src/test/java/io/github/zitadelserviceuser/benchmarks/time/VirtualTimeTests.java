// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class VirtualTimeTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final VirtualTime time = new VirtualTime(TIMEOUT);

	private final List<String> events = new ArrayList<>();

	@Test
	void runUntilWhenDelaysDifferThenInOrder() {
		later(TIMEOUT, "timeout");
		later(Duration.ofSeconds(11), "late");
		later(Duration.ofSeconds(1), "early");
		later(Duration.ZERO, "now");
		later(TIMEOUT, "second timeout");
		this.time.runUntil(Duration.ofMinutes(1));
		assertThat(this.events).containsExactly("now at 0", "early at 1", "timeout at 10", "second timeout at 10",
				"late at 11");
	}

	@Test
	void runUntilWhenEndIsEarlierThenTheRestComesLater() {
		later(Duration.ofSeconds(2), "late");
		this.time.runUntil(Duration.ofSeconds(1));
		assertThat(this.events).isEmpty();
		assertThat(this.time.nanoTime()).isEqualTo(1_000_000_000);
		this.time.runUntil(Duration.ofSeconds(2));
		assertThat(this.events).containsExactly("late at 2");
	}

	@Test
	void runUntilWhenCancelledThenDoesNothing() {
		this.time.schedule(() -> this.events.add("never"), TIMEOUT).cancel(false);
		this.time.runUntil(Duration.ofMinutes(1));
		assertThat(this.events).isEmpty();
	}

	@Test
	void runUntilWhenTaskFailsThenFails() {
		this.time.after(Duration.ZERO, () -> {
			throw new IllegalArgumentException("Out of order");
		});
		assertThatIllegalStateException().isThrownBy(() -> this.time.runUntil(TIMEOUT))
			.withRootCauseInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void millisWhenTimePassesThenGoesWithIt() {
		long before = this.time.millis();
		this.time.runUntil(Duration.ofMillis(1500));
		assertThat(this.time.millis() - before).isEqualTo(1500);
		assertThat(this.time.instant().toEpochMilli()).isEqualTo(this.time.millis());
	}

	private void later(Duration delay, String name) {
		this.time.after(delay,
				() -> this.events.add(name + " at " + Duration.ofNanos(this.time.nanoTime()).toSeconds()));
	}

}
