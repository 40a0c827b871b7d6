// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.key.KeyListener;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenListener;
import io.github.zitadelserviceuser.token.TokenRequestException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A listener that may not be there yet when there is something to tell: one that has the
 * token source or a client injected comes into being after them. What happens before is
 * told later, in the order in which it happened. The listener is looked up once, and
 * called directly from then on.
 *
 * @param <T> the type of the listener
 */
abstract class LateListener<T> {

	private static final Log logger = LogFactory.getLog(LateListener.class);

	private final LateBeans beans;

	private final String name;

	private final Class<T> type;

	private final Queue<Consumer<? super T>> events = new ConcurrentLinkedQueue<>();

	private final AtomicInteger wanted = new AtomicInteger();

	private boolean lookedUp;

	private @Nullable T found;

	// Set when all that was kept has been told.
	private volatile @Nullable T direct;

	private LateListener(LateBeans beans, String name, Class<T> type) {
		this.beans = beans;
		this.name = name;
		this.type = type;
	}

	// Kept ahead of the question: if the listener comes in between, whoever tells of
	// that finds the event.
	final void tell(Consumer<? super T> event) {
		T listener = this.direct;
		if (listener != null) {
			event.accept(listener);
			return;
		}
		this.events.add(event);
		if (this.beans.isThere(this.name)) {
			deliver();
		}
	}

	/**
	 * Tell what has been kept. Whoever is at it tells what others add meanwhile, so that
	 * they neither wait nor overtake it.
	 */
	final void deliver() {
		int missed = this.wanted.incrementAndGet();
		if (missed > 1) {
			return;
		}
		while (missed > 0) {
			T listener = listener();
			Consumer<? super T> event = this.events.poll();
			while (event != null) {
				deliver(event, listener);
				event = this.events.poll();
			}
			this.direct = listener;
			missed = this.wanted.addAndGet(-missed);
		}
	}

	private @Nullable T listener() {
		if (!this.lookedUp) {
			try {
				this.found = this.beans.find(this.name, this.type);
			}
			catch (Throwable ex) {
				warn(ex);
			}
			this.lookedUp = true;
		}
		return this.found;
	}

	private void deliver(Consumer<? super T> event, @Nullable T listener) {
		if (listener == null) {
			return;
		}
		try {
			event.accept(listener);
		}
		catch (Throwable ex) {
			warn(ex);
		}
	}

	private void warn(Throwable ex) {
		logger.warn("A listener to the events of token or key failed: " + this, ex);
	}

	@Override
	public final String toString() {
		return "bean '" + this.name + "'";
	}

	/**
	 * Listens to the events of a token.
	 */
	static final class OfToken extends LateListener<TokenListener> implements TokenListener {

		OfToken(LateBeans beans, String name) {
			super(beans, name, TokenListener.class);
		}

		@Override
		public void onObtained(AccessToken token) {
			tell((listener) -> listener.onObtained(token));
		}

		@Override
		public void onRefreshed(AccessToken token) {
			tell((listener) -> listener.onRefreshed(token));
		}

		@Override
		public void onLifetimeUnknown(AccessToken token) {
			tell((listener) -> listener.onLifetimeUnknown(token));
		}

		@Override
		public void onFailed(TokenRequestException failure) {
			tell((listener) -> listener.onFailed(failure));
		}

		@Override
		public void onRejected(AccessToken token) {
			tell((listener) -> listener.onRejected(token));
		}

	}

	/**
	 * Listens to the events of a key.
	 */
	static final class OfKey extends LateListener<KeyListener> implements KeyListener {

		OfKey(LateBeans beans, String name) {
			super(beans, name, KeyListener.class);
		}

		@Override
		public void onReplaced(ServiceUserKey before, ServiceUserKey now) {
			tell((listener) -> listener.onReplaced(before, now));
		}

		@Override
		public void onUnreadable(InvalidServiceUserKeyException failure, ServiceUserKey kept) {
			tell((listener) -> listener.onUnreadable(failure, kept));
		}

		@Override
		public void onReadable(ServiceUserKey now) {
			tell((listener) -> listener.onReadable(now));
		}

	}

}
