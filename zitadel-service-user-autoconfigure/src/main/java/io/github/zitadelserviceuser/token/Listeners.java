// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

/**
 * Those who are told of each event. What one of them throws reaches nobody.
 */
final class Listeners {

	private static final Logger LOGGER = System.getLogger(RefreshingTokenSource.class.getName());

	private final List<TokenListener> listeners;

	private final BackgroundTasks tasks;

	Listeners(List<TokenListener> listeners, BackgroundTasks tasks) {
		this.listeners = List.copyOf(listeners);
		this.tasks = tasks;
	}

	void tell(Consumer<TokenListener> event) {
		for (TokenListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (RuntimeException | Error ex) {
				// Not to the handler of uncaught exceptions, which may end the process.
				LOGGER.log(Level.WARNING, "A listener to the events of the token failed: " + listener, ex);
			}
		}
	}

	/**
	 * The thread of the timer is the one that ends every wait: it does not wait for a
	 * listener.
	 * @param event what to tell
	 */
	void tellElsewhere(Consumer<TokenListener> event) {
		try {
			this.tasks.run(() -> tell(event));
		}
		catch (RuntimeException | Error ex) {
			tell(event);
		}
	}

}
