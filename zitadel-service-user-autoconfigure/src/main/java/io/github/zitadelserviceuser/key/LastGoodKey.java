// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
public final class LastGoodKey implements CredentialInUse {

	private static final Logger LOGGER = System.getLogger(LastGoodKey.class.getName());

	private final KeyReader reader;

	private final List<KeyListener> listeners;

	private final LastGood<ServiceUserKey, InvalidServiceUserKeyException> key;

	/**
	 * Create a new instance, which has read nothing yet.
	 * @param reader reads the key
	 * @param listeners who is told of what happens to it
	 */
	public LastGoodKey(KeyReader reader, List<? extends KeyListener> listeners) {
		this.reader = reader;
		this.listeners = List.copyOf(listeners);
		this.key = new LastGood<>(() -> Objects.requireNonNull(reader.read(), "The key must not be null"),
				this::explain, new Told());
	}

	/**
	 * Return the key in use. It is read here if it has not been read before.
	 * @return the key
	 * @throws InvalidServiceUserKeyException if it was never read in good order
	 */
	public ServiceUserKey get() {
		return this.key.get();
	}

	/**
	 * Return the key in use, for those who watch and must not wait: nothing is read here.
	 * @return the key, or {@code null} if it was never read in good order
	 */
	public @Nullable ServiceUserKey current() {
		return this.key.current();
	}

	/**
	 * Read the key again.
	 * @return the key that was read, or the one before if this one cannot be used
	 * @throws InvalidServiceUserKeyException if it was never read in good order; what
	 * else a reader throws is passed on in that case alone
	 */
	public ServiceUserKey read() {
		return this.key.read();
	}

	@Override
	public CredentialKind kind() {
		return CredentialKind.KEY;
	}

	/**
	 * Return why the key could not be read the last time.
	 * @return the reason, or {@code null} if it could
	 */
	@Override
	public @Nullable InvalidServiceUserKeyException problem() {
		return this.key.problem();
	}

	/**
	 * Return where the key comes from.
	 * @return what the reader says of itself, which holds no secret
	 * @see KeyReader#origin()
	 */
	@Override
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

	/**
	 * The reader is somebody else's where it throws anything else. What that says may be
	 * about the bytes of the key.
	 * @param ex what it threw
	 * @return a failure that can be shown
	 */
	private InvalidServiceUserKeyException explain(Throwable ex) {
		return (ex instanceof InvalidServiceUserKeyException failure) ? failure
				: new InvalidServiceUserKeyException(origin(), null,
						"reading it failed with " + ex.getClass().getName(),
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
	 * Passes on to the listeners what happens.
	 */
	private final class Told implements LastGood.Events<ServiceUserKey, InvalidServiceUserKeyException> {

		@Override
		public void replaced(ServiceUserKey before, ServiceUserKey now) {
			tell((listener) -> listener.onReplaced(before, now));
		}

		@Override
		public void unreadable(InvalidServiceUserKeyException failure, ServiceUserKey kept) {
			tell((listener) -> listener.onUnreadable(failure, kept));
		}

		@Override
		public void readable(ServiceUserKey now) {
			tell((listener) -> listener.onReadable(now));
		}

	}

}
