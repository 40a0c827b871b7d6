// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which instance a request is for, and so which issuer. The port takes part in the
 * issuer, exactly as sent, but not in the choice. A host in upper case is another host,
 * and a public host has to be one of the instance, too.
 */
final class Hosts {

	private static final String NOT_FOUND = "Message=Instance not found. Make sure you got the domain right. Check out "
			+ "https://zitadel.com/docs/apis/introduction#domains";

	private static final String NO_DATABASE = " Parent=(failed to connect to 'user=zitadel database=zitadel': "
			+ "127.0.0.1:5432 (127.0.0.1): dial error: dial tcp 127.0.0.1:5432: connect: connection refused)";

	private final List<String> domains;

	private final boolean externallySecure;

	Hosts(Collection<String> domains, boolean externallySecure) {
		this.domains = List.copyOf(domains);
		this.externallySecure = externallySecure;
	}

	String issuer(String host) {
		return (this.externallySecure ? "https://" : "http://") + host;
	}

	/**
	 * Return the issuer of a request.
	 * @param call the request
	 * @return the issuer, or {@code null} when its host names no instance
	 */
	@Nullable String issuer(HttpCall call) {
		AddressedHost host = addressed(call);
		return (isKnown(host) && isTrusted(host)) ? host.issuer() : null;
	}

	private AddressedHost addressed(HttpCall call) {
		return AddressedHost.of(call, this.externallySecure);
	}

	private boolean isKnown(AddressedHost host) {
		return this.domains.contains(host.instanceName());
	}

	private boolean isTrusted(AddressedHost host) {
		return host.publicHost().isEmpty() || this.domains.contains(host.publicName());
	}

	FakeAnswer notFound(HttpCall call, Surface surface) {
		AddressedHost host = addressed(call);
		if (isKnown(host)) {
			String cause = " Parent=(public domain \"" + host.publicHost() + "\" not trusted)";
			return surface.instanceUnavailable(origin(host) + "ID=QUERY-IuGh1 " + NOT_FOUND, cause, cause);
		}
		return surface.instanceUnavailable(origin(host) + "ID=QUERY-1kIjX " + NOT_FOUND, "",
				byHost(host) + "ID=QUERY-1kIjX Message=Errors.IAM.NotFound)");
	}

	FakeAnswer databaseDown(HttpCall call, Surface surface) {
		return databaseDown(addressed(call), surface);
	}

	FakeAnswer databaseDown(AddressedHost host, Surface surface) {
		return surface.instanceUnavailable(origin(host) + "ID=QUERY-d3fas Message=An internal error occurred",
				NO_DATABASE, byHost(host) + "ID=QUERY-d3fas Message=Errors.Internal" + NO_DATABASE + ")");
	}

	private String origin(AddressedHost host) {
		return "unable to set instance using origin &{%s %s %s} (ExternalDomain is %s): ".formatted(host.instanceHost(),
				host.publicHost(), host.scheme(), this.domains.get(this.domains.size() - 1));
	}

	private static String byHost(AddressedHost host) {
		return " Parent=(unable to get instance by host: instanceHost " + host.instanceHost() + ", publicHost "
				+ host.publicHost() + ": ";
	}

}
