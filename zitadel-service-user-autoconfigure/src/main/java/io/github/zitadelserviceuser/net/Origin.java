// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.net;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Origin of an {@code http} or {@code https} URI (RFC 6454): scheme, host and port.
 * <p>
 * Two origins are equal only where their text is, apart from upper case and a port that
 * the scheme implies. Other spellings of one host (a trailing dot, another form of an
 * address) count as other hosts: a token is then refused to a host that it might have
 * gone to, and never sent to one that it must not.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host in lower case, an IPv6 address in brackets
 * @param port the port, also where the URI leaves it to the scheme
 * @since 0.1.0
 */
public record Origin(String scheme, String host, int port) {

	private static final Pattern LOOPBACK_ADDRESS = Pattern
		.compile("127(\\.(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])){3}|\\[::1]");

	private static final int HIGHEST_PORT = 65535;

	public Origin {
		Objects.requireNonNull(scheme, "scheme must not be null");
		Objects.requireNonNull(host, "host must not be null");
	}

	/**
	 * Return the origin of a URI.
	 * @param uri a URI that will be called as it stands
	 * @return the origin
	 * @throws IllegalArgumentException if it is no absolute {@code http} or {@code https}
	 * URI, has a host that {@link URI} does not recognise as one, a port that there is
	 * not, or user information, which is a common disguise for another host; the message
	 * says which
	 */
	public static Origin of(URI uri) {
		String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
		if (!scheme.equals("http") && !scheme.equals("https")) {
			throw new IllegalArgumentException("It must start with 'https://' or 'http://'");
		}
		if (uri.getRawUserInfo() != null) {
			throw new IllegalArgumentException("It must have no user information (nothing before an '@')");
		}
		if (uri.getHost() == null) {
			throw new IllegalArgumentException("It has no valid host name; underscores and other characters than "
					+ "letters, digits, hyphens and dots are not allowed in one (an international name is written "
					+ "'xn--...')");
		}
		if (uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT) {
			throw new IllegalArgumentException("Its port must be between 1 and " + HIGHEST_PORT);
		}
		return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port(uri, scheme));
	}

	/**
	 * Return whether a URI is of this origin, without any other effort than to compare
	 * the two. One that is written in another way may be of it all the same.
	 * @param uri a URI that will be called as it stands
	 * @return whether {@link #of} would return this origin for sure
	 */
	boolean isWrittenIn(URI uri) {
		return this.scheme.equals(uri.getScheme()) && this.host.equals(uri.getHost()) && uri.getRawUserInfo() == null
				&& this.port == port(uri, this.scheme);
	}

	/**
	 * Return whether the host is this machine for sure: {@code localhost} or a loopback
	 * address. A name under {@code .localhost} is not: a resolver that does not know RFC
	 * 6761, section 6.3, asks for it elsewhere.
	 * @return whether the host is loopback
	 */
	boolean isLoopback() {
		return this.host.equals("localhost") || LOOPBACK_ADDRESS.matcher(this.host).matches();
	}

	/**
	 * Return whether nobody on the way can read what is sent there.
	 * @return whether the scheme is {@code https} or the host loopback
	 */
	public boolean isSecure() {
		return this.scheme.equals("https") || isLoopback();
	}

	/**
	 * Return host and port as they stand in a {@code Host} header.
	 * @return the host, with the port unless the scheme implies it
	 */
	public String authority() {
		return (this.port == defaultPort(this.scheme)) ? this.host : this.host + ":" + this.port;
	}

	// Written out, as hashCode is: the JVM makes those of a record while it runs, which
	// the start of an application would pay for, since what is allowed is in a set.
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Origin origin && this.scheme.equals(origin.scheme) && this.host.equals(origin.host)
				&& this.port == origin.port;
	}

	@Override
	public int hashCode() {
		return (this.scheme.hashCode() * 31 + this.host.hashCode()) * 31 + this.port;
	}

	@Override
	public String toString() {
		return this.scheme + "://" + authority();
	}

	private static int port(URI uri, String scheme) {
		return (uri.getPort() != -1) ? uri.getPort() : defaultPort(scheme);
	}

	private static int defaultPort(String scheme) {
		return scheme.equals("https") ? 443 : 80;
	}

}
