// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Which instance a request is for, and so which issuer. The header
 * {@code x-zitadel-instance-host} goes before {@code Host}; the port takes part in the
 * issuer, exactly as sent, but not in the choice.
 */
final class Hosts {

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
		return isKnown(host) ? issuer(host) : null;
	}

	FakeAnswer notFound(HttpCall call) {
		String host = host(call);
		return FakeAnswer.text(404, ("unable to set instance using origin &{%s  %s} (ExternalDomain is %s): "
				+ "ID=QUERY-1kIjX Message=Instance not found. Make sure you got the domain right. "
				+ "Check out https://zitadel.com/docs/apis/introduction#domains Parent=(unable to get instance by "
				+ "host: instanceHost %s, publicHost : ID=QUERY-1kIjX Message=Errors.IAM.NotFound)")
			.formatted(host, this.scheme, this.domains.get(this.domains.size() - 1), host));
	}

	private static String host(HttpCall call) {
		String instanceHost = call.header("x-zitadel-instance-host");
		return (instanceHost != null) ? instanceHost : Objects.requireNonNullElse(call.header("host"), "");
	}

	private boolean isKnown(String host) {
		return this.domains.contains(host.split(":", 2)[0].toLowerCase(Locale.ROOT));
	}

}
