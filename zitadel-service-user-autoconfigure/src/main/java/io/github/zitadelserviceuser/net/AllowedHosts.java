// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.net;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The places that the token may be sent to: some origins, and hosts by name. What is not
 * among them is refused, not called without the token.
 * <p>
 * A host is written {@code api.example.com}, which allows it on any port,
 * {@code api.example.com:8443}, or {@code *.example.com}, which allows any name that ends
 * in {@code .example.com}. No name is looked up: what counts is the text of the URI that
 * is really called, and another spelling of an allowed host is another host.
 * <p>
 * What is allowed never changes. Instances are safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class AllowedHosts {

	private static final String PORT = "(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}"
			+ "|655[0-2][0-9]|6553[0-5]))?";

	private static final Pattern HOST = Pattern.compile(
			"((\\*\\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?" + "|\\[[0-9a-f:.]+])" + PORT);

	private final String propertyPrefix;

	private final Set<Origin> origins;

	private final List<String> hosts;

	private final boolean requireHttps;

	// Most calls go where the one before went. Of two threads either may be the last,
	// since each origin was allowed and is for good.
	private @Nullable Origin lastAllowed;

	/**
	 * Create a new instance.
	 * @param propertyPrefix the prefix of the properties to name in errors, such as
	 * {@code zitadel.service-user}
	 * @param origins the origins that are allowed, each by the scheme that it has
	 * @param hosts the hosts that are allowed as well
	 * @param requireHttps whether to refuse plain http to those hosts, except on this
	 * machine
	 * @throws IllegalArgumentException if a host is not written as described above
	 */
	public AllowedHosts(String propertyPrefix, Collection<Origin> origins, Collection<String> hosts,
			boolean requireHttps) {
		this.propertyPrefix = propertyPrefix;
		this.origins = Set.copyOf(origins);
		this.hosts = hosts.stream().map(AllowedHosts::validate).toList();
		this.requireHttps = requireHttps;
	}

	/**
	 * Refuse a URI that may not have the token.
	 * @param uri the URI that is about to be called
	 * @throws HostNotAllowedException if it may not have the token
	 */
	public void check(URI uri) {
		Origin last = this.lastAllowed;
		if (last != null && last.isWrittenIn(uri)) {
			return;
		}
		Origin origin = origin(uri);
		checkOrigin(origin);
		this.lastAllowed = origin;
	}

	private void checkOrigin(Origin origin) {
		if (this.origins.contains(origin)) {
			return;
		}
		if (!isAllowed(origin)) {
			throw notAllowed(origin);
		}
		if (this.requireHttps && !origin.isSecure()) {
			throw notSecure(origin);
		}
	}

	/**
	 * Refuse a connection that may not have the token. Without TLS its other end may be
	 * anyone, whatever its name, so that a name of this machine proves nothing. An
	 * address that was configured with http is taken as written.
	 * @param uri what was connected to, by name
	 * @param toThisMachine whether the other end is known to be on this machine
	 * @throws HostNotAllowedException if it may not have the token
	 */
	public void checkConnected(URI uri, boolean toThisMachine) {
		Origin origin = origin(uri);
		boolean configured = this.origins.contains(origin);
		if (!configured && !isAllowed(origin)) {
			throw notAllowed(origin);
		}
		boolean asWritten = configured && !origin.isLoopback();
		if (this.requireHttps && !origin.scheme().equals("https") && !toThisMachine && !asWritten) {
			throw notSecure(origin);
		}
	}

	private HostNotAllowedException notAllowed(Origin origin) {
		return new HostNotAllowedException("The token of the service user was not sent to " + origin
				+ ", and neither was the request: allowed are " + this + ". If it may have the token, add '"
				+ origin.host() + "' to " + this.propertyPrefix
				+ ".allowed-hosts; otherwise call it with a client that is not authorized");
	}

	private HostNotAllowedException notSecure(Origin origin) {
		return new HostNotAllowedException("The token of the service user was not sent to " + origin
				+ ", and neither was the request: anyone on the way could read it. Use https, or set "
				+ this.propertyPrefix + ".require-https=false if the way is safe by other means");
	}

	@Override
	public String toString() {
		return this.origins + (this.hosts.isEmpty() ? "" : " and the hosts " + this.hosts);
	}

	private static Origin origin(URI uri) {
		try {
			return Origin.of(uri);
		}
		catch (IllegalArgumentException ex) {
			throw new HostNotAllowedException(
					"The token of the service user was not sent, and neither was the request: "
							+ "its URL cannot be judged. " + ex.getMessage());
		}
	}

	private boolean isAllowed(Origin origin) {
		String hostAndPort = origin.host() + ":" + origin.port();
		for (String allowed : this.hosts) {
			if (allowed.startsWith("*.")) {
				String end = allowed.substring(1);
				if (origin.host().endsWith(end) || hostAndPort.endsWith(end)) {
					return true;
				}
			}
			else if (allowed.equals(origin.host()) || allowed.equals(hostAndPort)) {
				return true;
			}
		}
		return false;
	}

	private static String validate(String host) {
		String normalized = host.strip().toLowerCase(Locale.ROOT);
		if (!HOST.matcher(normalized).matches()) {
			throw new IllegalArgumentException("It must be a list of hosts without scheme and path, such as "
					+ "'api.example.com', 'api.example.com:8443' or '*.example.com'");
		}
		return normalized;
	}

}
