// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * Carries what of a caller goes along, and takes the step in any case: what the
 * {@link CallerContext} throws, or fails to do, costs the context alone.
 */
final class HarmlessContext {

	private final CallerContext context;

	private final ForeignFailures failures;

	HarmlessContext(CallerContext context, ForeignFailures failures) {
		this.context = context;
		this.failures = failures;
	}

	UnaryOperator<Runnable> capture() {
		try {
			return Objects.requireNonNull(this.context.capture(), "no context");
		}
		catch (Throwable ex) {
			log(ex);
			return UnaryOperator.identity();
		}
	}

	/**
	 * Take a step once, in a context if that can be had.
	 * @param captured the context
	 * @param step the step, which throws nothing
	 */
	void run(UnaryOperator<Runnable> captured, Runnable step) {
		AtomicBoolean taken = new AtomicBoolean();
		Runnable once = () -> {
			if (taken.compareAndSet(false, true)) {
				step.run();
			}
		};
		try {
			captured.apply(once).run();
		}
		catch (Throwable ex) {
			log(ex);
		}
		once.run();
	}

	private void log(Throwable ex) {
		this.failures.log("A caller's context does not go along with the token request", this.context, ex);
	}

}
