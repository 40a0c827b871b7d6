// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A credential as it was read last in good order. One that is half written, deleted or
 * broken does not take the place of the one before.
 * <p>
 * Reading may block, and no lock is held meanwhile: a reading that hangs delays nobody
 * else's, and what it brings in the end does not replace what a later one has brought.
 *
 * @param <T> the type of credential
 * @param <E> how it is said that it cannot be used
 */
final class LastGood<T, E extends InvalidCredentialException> {

	private final Supplier<T> reader;

	private final Function<Throwable, E> explain;

	private final Events<T, E> events;

	private final AtomicLong readings = new AtomicLong();

	private volatile @Nullable Held<T, E> held;

	LastGood(Supplier<T> reader, Function<Throwable, E> explain, Events<T, E> events) {
		this.reader = reader;
		this.explain = explain;
		this.events = events;
	}

	T get() {
		Held<T, E> held = this.held;
		return (held != null) ? held.value() : read();
	}

	@Nullable T current() {
		Held<T, E> held = this.held;
		return (held != null) ? held.value() : null;
	}

	T read() {
		long reading = this.readings.incrementAndGet();
		try {
			return use(reading, this.reader.get());
		}
		catch (Throwable ex) {
			Held<T, E> kept = this.held;
			if (kept == null) {
				throw ex;
			}
			return keep(reading, kept, this.explain.apply(ex));
		}
	}

	@Nullable E problem() {
		Held<T, E> held = this.held;
		return (held != null) ? held.problem() : null;
	}

	private T use(long reading, T read) {
		T now = unchanged(read);
		Held<T, E> next = new Held<>(reading, now, null);
		Held<T, E> before = swap(next);
		if (before == null) {
			return now;
		}
		if (before.isNewerThan(next)) {
			return before.value();
		}
		if (before.problem() != null) {
			this.events.readable(now);
		}
		if (!before.value().equals(now)) {
			this.events.replaced(before.value(), now);
		}
		return now;
	}

	// The same object: who has taken the one before would otherwise hold another copy of
	// the secret.
	private T unchanged(T read) {
		T current = current();
		return (current != null && current.equals(read)) ? current : read;
	}

	private T keep(long reading, Held<T, E> kept, E failure) {
		Held<T, E> next = new Held<>(reading, kept.value(), failure);
		Held<T, E> before = swap(next);
		if (before == null || before.isNewerThan(next)) {
			return get();
		}
		E earlier = before.problem();
		if (earlier == null || !Objects.equals(earlier.getMessage(), failure.getMessage())) {
			this.events.unreadable(failure, before.value());
		}
		return before.value();
	}

	/**
	 * Put what a reading has brought in place, unless a later reading was faster.
	 * @param next what was read, or that nothing could be
	 * @return what was there
	 */
	private synchronized @Nullable Held<T, E> swap(Held<T, E> next) {
		Held<T, E> before = this.held;
		if (before == null || !before.isNewerThan(next)) {
			// Between the reading that failed and here, another may have brought one.
			this.held = (before != null && next.problem() != null)
					? new Held<>(next.reading(), before.value(), next.problem()) : next;
		}
		return before;
	}

	/**
	 * Told what happens to the credential.
	 *
	 * @param <T> the type of credential
	 * @param <E> how it is said that it cannot be used
	 */
	interface Events<T, E> {

		void replaced(T before, T now);

		void unreadable(E failure, T kept);

		void readable(T now);

	}

	/**
	 * The credential in use and the outcome of the last reading.
	 *
	 * @param reading the number of that reading, in the order in which they began
	 * @param value the credential
	 * @param problem why that reading brought none
	 * @param <T> the type of credential
	 * @param <E> how it is said that it cannot be used
	 */
	private record Held<T, E>(long reading, T value, @Nullable E problem) {

		boolean isNewerThan(Held<T, E> other) {
			return this.reading > other.reading;
		}

		// It holds the secret.
		@Override
		public String toString() {
			return "Held[reading=" + this.reading + "]";
		}

	}

}
