// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The metadata of one server, for all who use it. Whoever needs it first asks, and those
 * who come meanwhile wait for that for a moment and no longer: what hangs for one, or
 * fails for one, does so for no other, who then asks for itself.
 */
final class SharedMetadata {

	/**
	 * Several times what an answer takes, and little of the time that a caller has.
	 */
	private static final Duration MOMENT = Duration.ofMillis(500);

	@SuppressWarnings({ "unused", "FieldCanBeLocal" }) // held on to, see DiscoveryCache
	private final Object key;

	private final AtomicReference<@Nullable ServerMetadata> known = new AtomicReference<>();

	private final AtomicReference<@Nullable CompletableFuture<ServerMetadata>> underWay = new AtomicReference<>();

	SharedMetadata(Object key) {
		this.key = key;
	}

	boolean isKnown() {
		return this.known.get() != null;
	}

	/**
	 * Return the metadata.
	 * @param discover asks the server
	 * @return what is known, or what the server answers
	 */
	ServerMetadata get(Supplier<ServerMetadata> discover) {
		ServerMetadata present = this.known.get();
		if (present != null) {
			return present;
		}
		CompletableFuture<ServerMetadata> mine = new CompletableFuture<>();
		CompletableFuture<ServerMetadata> other = this.underWay.compareAndExchange(null, mine);
		if (other != null) {
			ServerMetadata found = await(other);
			if (found != null) {
				return found;
			}
			// Those who come from now on wait for this one, not for what hangs.
			this.underWay.compareAndSet(other, mine);
		}
		try {
			// It may have come between the first look and the second.
			ServerMetadata meanwhile = this.known.get();
			ServerMetadata found = (meanwhile != null) ? meanwhile : keep(discover.get());
			mine.complete(found);
			return found;
		}
		finally {
			this.underWay.compareAndSet(mine, null);
			mine.cancel(false);
		}
	}

	/**
	 * Forget what was found to be out of date, and nothing that somebody has discovered
	 * since.
	 * @param outdated what was found to be out of date
	 */
	void forget(ServerMetadata outdated) {
		ServerMetadata present = this.known.get();
		if (outdated.equals(present)) {
			this.known.compareAndSet(present, null);
		}
	}

	// An answer that was long on its way is no newer than the one that overtook it.
	private ServerMetadata keep(ServerMetadata found) {
		ServerMetadata kept = this.known.compareAndExchange(null, found);
		return (kept != null) ? kept : found;
	}

	private static @Nullable ServerMetadata await(CompletableFuture<ServerMetadata> other) {
		try {
			return other.get(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
		catch (ExecutionException | CancellationException | TimeoutException ex) {
			return null;
		}
	}

}
