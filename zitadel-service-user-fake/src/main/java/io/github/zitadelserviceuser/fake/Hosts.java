// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Which instance a request is for, and so which issuer. The header
 * {@code x-zitadel-instance-host} goes before {@code Host}; the port takes part in the
 * issuer, exactly as sent, but not in the choice. A host in upper case is another host.
 */
final class Hosts {

	private static final String NOT_FOUND = "ID=QUERY-1kIjX Message=Instance not found. Make sure you got the domain "
			+ "right. Check out https://zitadel.com/docs/apis/introduction#domains";

	private static final String NO_DATABASE = " Parent=(failed to connect to 'user=zitadel database=zitadel': "
			+ "127.0.0.1:5432 (127.0.0.1): dial error: dial tcp 127.0.0.1:5432: connect: connection refused)";

	private final List<String> domains;

	private final String scheme;

	Hosts(Collection<String> domains, boolean externallySecure) {
		this.domains = List.copyOf(domains);
		this.scheme = externallySecure ? "https" : "http";
	}

	String issuer(String host) {
		return this.scheme + "://" + host;
	}

	/**
	 * Return the issuer of a request.
	 * @param call the request
	 * @return the issuer, or {@code null} when its host names no instance
	 */
	@Nullable String issuer(HttpCall call) {
		String host = host(call);
		return this.domains.contains(host.split(":", 2)[0]) ? issuer(host) : null;
	}

	FakeAnswer notFound(HttpCall call, Surface surface) {
		String host = host(call);
		return surface.instanceUnavailable(origin(host) + NOT_FOUND, "",
				byHost(host) + "ID=QUERY-1kIjX Message=Errors.IAM.NotFound)");
	}

	FakeAnswer databaseDown(HttpCall call, Surface surface) {
		return databaseDown(host(call), surface);
	}

	FakeAnswer databaseDown(String host, Surface surface) {
		return surface.instanceUnavailable(origin(host) + "ID=QUERY-d3fas Message=An internal error occurred",
				NO_DATABASE, byHost(host) + "ID=QUERY-d3fas Message=Errors.Internal" + NO_DATABASE + ")");
	}

	private String origin(String host) {
		return "unable to set instance using origin &{%s  %s} (ExternalDomain is %s): ".formatted(host, this.scheme,
				this.domains.get(this.domains.size() - 1));
	}

	private static String byHost(String host) {
		return " Parent=(unable to get instance by host: instanceHost " + host + ", publicHost : ";
	}

	private static String host(HttpCall call) {
		String instanceHost = call.header("x-zitadel-instance-host");
		return (instanceHost != null) ? instanceHost : Objects.requireNonNullElse(call.header("host"), "");
	}

}
