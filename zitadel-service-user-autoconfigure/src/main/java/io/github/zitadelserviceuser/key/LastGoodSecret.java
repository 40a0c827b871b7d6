// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import org.jspecify.annotations.Nullable;

/**
 * A client secret or personal access token as it was read last in good order: what
 * {@link LastGoodKey} is for a key. When it ends is not known.
 * <p>
 * Instances are safe for use by several threads. Reading may block, and no lock is held
 * meanwhile.
 *
 * @since 0.1.0
 */
public final class LastGoodSecret implements CredentialInUse {

	private final SecretReader reader;

	private final LastGood<String, InvalidCredentialException> secret;

	/**
	 * Create a new instance, which has read nothing yet.
	 * @param reader reads the secret
	 * @param listener who is told of what happens to it
	 */
	public LastGoodSecret(SecretReader reader, SecretListener listener) {
		this.reader = reader;
		this.secret = new LastGood<>(reader::read, this::explain, new Told(listener));
	}

	/**
	 * Read the secret again.
	 * @return the secret that was read, or the one before if this one cannot be used
	 * @throws InvalidCredentialException if it was never read in good order
	 */
	public String read() {
		return this.secret.read();
	}

	@Override
	public CredentialKind kind() {
		return this.reader.kind();
	}

	@Override
	public String origin() {
		return this.reader.origin();
	}

	@Override
	public @Nullable InvalidCredentialException problem() {
		return this.secret.problem();
	}

	@Override
	public String toString() {
		return this.reader.toString();
	}

	private InvalidCredentialException explain(Throwable ex) {
		return (ex instanceof InvalidCredentialException failure) ? failure : kind().refuse(origin(), null,
				"reading it failed with " + ex.getClass().getName(), "It is read again when it is needed.");
	}

	/**
	 * Passes on what happens, without the secret.
	 *
	 * @param listener who is told
	 */
	private record Told(SecretListener listener) implements LastGood.Events<String, InvalidCredentialException> {

		@Override
		public void replaced(String before, String now) {
			this.listener.onReplaced();
		}

		@Override
		public void unreadable(InvalidCredentialException failure, String kept) {
			this.listener.onUnreadable(failure);
		}

		@Override
		public void readable(String now) {
			this.listener.onReadable();
		}

	}

}
