// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The key as it was read last in good order. It is read anew on demand, so that a rotated
 * one is used without a restart; one that is half written, deleted or broken does not
 * take the place of the one before.
 * <p>
 * Instances are safe for use by several threads. Reading may block, and no lock is held
 * meanwhile: a reading that hangs delays nobody else's, and what it brings in the end
 * does not replace what a later one has brought.
 *
 * @since 0.1.0
 */
public final class LastGoodKey {

	private static final Logger LOGGER = System.getLogger(LastGoodKey.class.getName());

	private final KeyReader reader;

	private final List<KeyListener> listeners;

	private final AtomicLong readings = new AtomicLong();

	private volatile @Nullable Held held;

	/**
	 * Create a new instance, which has read nothing yet.
	 * @param reader reads the key
	 * @param listeners who is told of what happens to it
	 */
	public LastGoodKey(KeyReader reader, List<? extends KeyListener> listeners) {
		this.reader = reader;
		this.listeners = List.copyOf(listeners);
	}

	/**
	 * Return the key in use. It is read here if it has not been read before.
	 * @return the key
	 * @throws InvalidServiceUserKeyException if it was never read in good order
	 */
	public ServiceUserKey get() {
		Held held = this.held;
		return (held != null) ? held.key() : read();
	}

	/**
	 * Return the key in use, for those who watch and must not wait: nothing is read here.
	 * @return the key, or {@code null} if it was never read in good order
	 */
	public @Nullable ServiceUserKey current() {
		Held held = this.held;
		return (held != null) ? held.key() : null;
	}

	/**
	 * Read the key again.
	 * @return the key that was read, or the one before if this one cannot be used
	 * @throws InvalidServiceUserKeyException if it was never read in good order; what
	 * else a reader throws is passed on in that case alone
	 */
	public ServiceUserKey read() {
		long reading = this.readings.incrementAndGet();
		try {
			return use(reading, Objects.requireNonNull(this.reader.read(), "The key must not be null"));
		}
		catch (Throwable ex) {
			Held kept = this.held;
			if (kept == null) {
				throw ex;
			}
			return keep(reading, kept, (ex instanceof InvalidServiceUserKeyException failure) ? failure : explain(ex));
		}
	}

	/**
	 * Return why the key could not be read the last time.
	 * @return the reason, or {@code null} if it could
	 */
	public @Nullable InvalidServiceUserKeyException problem() {
		Held held = this.held;
		return (held != null) ? held.problem() : null;
	}

	/**
	 * Return where the key comes from.
	 * @return what the reader says of itself, which holds no secret
	 * @see KeyReader#origin()
	 */
	public String origin() {
		return this.reader.origin();
	}

	/**
	 * Return when the key came to where it is.
	 * @return what the reader says, or {@code null} if that is not known
	 * @see KeyReader#writtenAt()
	 */
	public @Nullable Instant writtenAt() {
		try {
			return this.reader.writtenAt();
		}
		catch (RuntimeException ex) {
			// The reader may be somebody else's, and this is asked while another failure
			// is explained.
			return null;
		}
	}

	private ServiceUserKey use(long reading, ServiceUserKey now) {
		Held next = new Held(reading, now, null);
		Held before = swap(next);
		if (before == null) {
			return now;
		}
		if (before.isNewerThan(next)) {
			return before.key();
		}
		if (before.problem() != null) {
			tell((listener) -> listener.onReadable(now));
		}
		if (!before.key().equals(now)) {
			tell((listener) -> listener.onReplaced(before.key(), now));
		}
		return now;
	}

	private ServiceUserKey keep(long reading, Held kept, InvalidServiceUserKeyException failure) {
		Held next = new Held(reading, kept.key(), failure);
		Held before = swap(next);
		if (before == null || before.isNewerThan(next)) {
			return get();
		}
		InvalidServiceUserKeyException earlier = before.problem();
		if (earlier == null || !Objects.equals(earlier.getMessage(), failure.getMessage())) {
			tell((listener) -> listener.onUnreadable(failure, before.key()));
		}
		return before.key();
	}

	/**
	 * Put what a reading has brought in place, unless a later reading was faster.
	 * @param next what was read, or that nothing could be
	 * @return what was there
	 */
	private synchronized @Nullable Held swap(Held next) {
		Held before = this.held;
		if (before == null || !before.isNewerThan(next)) {
			// Between the reading that failed and here, another may have brought a key.
			this.held = (before != null && next.problem() != null)
					? new Held(next.reading(), before.key(), next.problem()) : next;
		}
		return before;
	}

	/**
	 * The reader is somebody else's then. What it says may be about the bytes of the key.
	 * @param ex what it threw
	 * @return a failure that can be shown
	 */
	private InvalidServiceUserKeyException explain(Throwable ex) {
		return new InvalidServiceUserKeyException(origin(), null, "reading it failed with " + ex.getClass().getName(),
				"Look at what that reader depends on; it is asked again at the next token request.");
	}

	private void tell(Consumer<KeyListener> event) {
		for (KeyListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (Throwable ex) {
				LOGGER.log(Level.WARNING, "A listener to the events of the key failed: " + listener, ex);
			}
		}
	}

	/**
	 * The key in use and the outcome of the last reading.
	 *
	 * @param reading the number of that reading, in the order in which they began
	 * @param key the key
	 * @param problem why that reading brought none
	 */
	private record Held(long reading, ServiceUserKey key, @Nullable InvalidServiceUserKeyException problem) {

		boolean isNewerThan(Held other) {
			return this.reading > other.reading;
		}

	}

}
