// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

import org.jspecify.annotations.Nullable;

/**
 * What several service users of one issuer share: what one of them has discovered, the
 * others need not ask for. A failure is shared by nobody. Instances are safe for use by
 * several threads, and keep nothing of an issuer that no service user has any more.
 *
 * @since 0.1.0
 */
public final class DiscoveryCache {

	// What is discovered holds on to its key, and nobody else does: it is there for as
	// long as somebody uses it.
	private final Map<List<URI>, WeakReference<SharedMetadata>> known = new WeakHashMap<>();

	/**
	 * Return what is known of a server. Its address is part of the question: endpoints
	 * are remembered as they are reached.
	 * @param server the server
	 * @return the one place for all who ask with the same issuer and address
	 */
	synchronized SharedMetadata of(AuthorizationServer server) {
		List<URI> key = List.of(server.issuer(), server.baseUrl());
		WeakReference<SharedMetadata> reference = this.known.get(key);
		@Nullable SharedMetadata present = (reference != null) ? reference.get() : null;
		if (present != null) {
			return present;
		}
		SharedMetadata created = new SharedMetadata(key);
		// Removed first, or the map would keep a key that nobody holds on to.
		this.known.remove(key);
		this.known.put(key, new WeakReference<>(created));
		return created;
	}

}
