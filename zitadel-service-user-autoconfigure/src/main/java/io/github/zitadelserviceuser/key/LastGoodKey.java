/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zitadelserviceuser.key;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The key as it was read last in good order. It is read anew on demand, so that a rotated
 * one is used without a restart; one that is half written, deleted or broken does not
 * take the place of the one before.
 * <p>
 * Instances are safe for use by several threads. Reading may block.
 *
 * @since 0.1.0
 */
public final class LastGoodKey {

	private final KeyReader reader;

	private final List<KeyListener> listeners;

	private volatile @Nullable ServiceUserKey key;

	private volatile @Nullable InvalidServiceUserKeyException problem;

	/**
	 * Create a new instance, which has read nothing yet.
	 * @param reader reads the key
	 * @param listeners who is told of what happens to it
	 */
	public LastGoodKey(KeyReader reader, List<KeyListener> listeners) {
		this.reader = reader;
		this.listeners = List.copyOf(listeners);
	}

	/**
	 * Return the key in use. It is read here if it has not been read before.
	 * @return the key
	 * @throws InvalidServiceUserKeyException if it was never read in good order
	 */
	public ServiceUserKey get() {
		ServiceUserKey known = this.key;
		return (known != null) ? known : read();
	}

	/**
	 * Read the key again.
	 * @return the key that was read, or the one before if this one cannot be used
	 * @throws InvalidServiceUserKeyException if it was never read in good order
	 */
	public synchronized ServiceUserKey read() {
		ServiceUserKey before = this.key;
		try {
			return use(before, this.reader.read());
		}
		catch (InvalidServiceUserKeyException ex) {
			if (before == null) {
				throw ex;
			}
			keep(before, ex);
			return before;
		}
	}

	/**
	 * Return why the key could not be read the last time.
	 * @return the reason, or {@code null} if it could
	 */
	public @Nullable InvalidServiceUserKeyException problem() {
		return this.problem;
	}

	private ServiceUserKey use(@Nullable ServiceUserKey before, ServiceUserKey now) {
		boolean readableAgain = this.problem != null;
		this.key = now;
		this.problem = null;
		if (readableAgain) {
			this.listeners.forEach((listener) -> listener.onReadable(now));
		}
		if (before != null && !before.equals(now)) {
			this.listeners.forEach((listener) -> listener.onReplaced(before, now));
		}
		return now;
	}

	private void keep(ServiceUserKey before, InvalidServiceUserKeyException failure) {
		InvalidServiceUserKeyException earlier = this.problem;
		this.problem = failure;
		if (earlier == null || !Objects.equals(earlier.getMessage(), failure.getMessage())) {
			this.listeners.forEach((listener) -> listener.onUnreadable(failure, before));
		}
	}

}
