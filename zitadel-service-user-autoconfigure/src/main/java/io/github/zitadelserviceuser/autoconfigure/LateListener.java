// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * A listener that may not be there yet when there is something to tell. What happens
 * before is told later. It is told in the order in which it happened, and what it throws
 * goes to the log.
 *
 * @param <T> the type of the listener
 */
final class LateListener<T> {

	private static final Log logger = LogFactory.getLog(LateListener.class);

	private final LateBeans beans;

	private final String name;

	private final Class<T> type;

	private final Queue<Consumer<? super T>> events = new ConcurrentLinkedQueue<>();

	private final AtomicInteger wanted = new AtomicInteger();

	LateListener(LateBeans beans, String name, Class<T> type) {
		this.beans = beans;
		this.name = name;
		this.type = type;
	}

	// Kept ahead of the question: if the listener comes in between, whoever tells of
	// that finds the event.
	void tell(Consumer<? super T> event) {
		this.events.add(event);
		if (this.beans.isThere(this.name)) {
			deliver();
		}
	}

	/**
	 * Tell what has been kept. Whoever is at it tells what others add meanwhile, so that
	 * they neither wait nor overtake it.
	 */
	void deliver() {
		int missed = this.wanted.incrementAndGet();
		if (missed > 1) {
			return;
		}
		while (missed > 0) {
			Consumer<? super T> event = this.events.poll();
			while (event != null) {
				deliver(event);
				event = this.events.poll();
			}
			missed = this.wanted.addAndGet(-missed);
		}
	}

	private void deliver(Consumer<? super T> event) {
		try {
			event.accept(this.beans.get(this.name, this.type));
		}
		catch (RuntimeException | Error ex) {
			logger.warn("A listener to the events of token or key failed: " + this, ex);
		}
	}

	@Override
	public String toString() {
		return "bean '" + this.name + "'";
	}

}
