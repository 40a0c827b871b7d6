// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.List;
import java.util.function.Consumer;

/**
 * Those who are told of each event. What one of them throws, whatever it is, reaches
 * nobody: not the handler of uncaught exceptions either, which may end the process.
 */
final class Listeners {

	private final List<TokenListener> listeners;

	private final OwnThreads threads;

	private final ForeignFailures failures;

	Listeners(List<TokenListener> listeners, OwnThreads threads, ForeignFailures failures) {
		this.listeners = List.copyOf(listeners);
		this.threads = threads;
		this.failures = failures;
	}

	void tell(Consumer<TokenListener> event) {
		for (TokenListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (Throwable ex) {
				this.failures.log("A listener to the events of the token failed", listener, ex);
			}
		}
	}

	/**
	 * Tell on another thread than that of the timer or of a caller.
	 * @param event what to tell
	 */
	void tellElsewhere(Consumer<TokenListener> event) {
		if (!this.listeners.isEmpty()) {
			this.threads.runElsewhere(() -> tell(event));
		}
	}

}
