// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.connection;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

/**
 * The issuer of a ZITADEL in a container, and the address by which it is reached from
 * outside. ZITADEL takes the issuer from the host that a request names, if that is its
 * external domain, and otherwise has to be told.
 *
 * @param issuerUri the issuer
 * @param baseUrl the address, {@code null} if it is that of the issuer
 * @see <a href="https://zitadel.com/docs/self-hosting/manage/custom-domain">External
 * domain, port and TLS in ZITADEL's documentation</a>
 */
record ContainerAddress(String issuerUri, @Nullable String baseUrl) {

	private static final int DEFAULT_PORT = 8080;

	/**
	 * Return the port that ZITADEL listens on in its container.
	 */
	static int port(Map<String, ? extends @Nullable String> environment) {
		return number(environment, "ZITADEL_PORT").orElse(DEFAULT_PORT);
	}

	/**
	 * Return the address of a container.
	 * @param environment the variables of the container
	 * @param tlsMode the value of the option {@code --tlsMode}, which goes ahead of two
	 * of them, or {@code null}
	 * @param host the host by which the container is reached
	 * @param port the port by which the container is reached
	 */
	static ContainerAddress of(Map<String, ? extends @Nullable String> environment, @Nullable String tlsMode,
			String host, int port) {
		boolean secureInside = (tlsMode != null) ? tlsMode.equals("enabled")
				: Boolean.parseBoolean(environment.get("ZITADEL_TLS_ENABLED"));
		boolean secureOutside = (tlsMode != null) ? !tlsMode.equals("disabled")
				: !"false".equalsIgnoreCase(environment.get("ZITADEL_EXTERNALSECURE"));
		String domain = Objects.requireNonNullElse(environment.get("ZITADEL_EXTERNALDOMAIN"), "localhost");
		String address = url(secureInside, host, port);
		if (domain.equalsIgnoreCase(host) && secureInside == secureOutside) {
			return new ContainerAddress(address, null);
		}
		int externalPort = number(environment, "ZITADEL_EXTERNALPORT").orElse(DEFAULT_PORT);
		return new ContainerAddress(url(secureOutside, domain, externalPort), address);
	}

	private static OptionalInt number(Map<String, ? extends @Nullable String> environment, String name) {
		String value = environment.get(name);
		try {
			return (value != null) ? OptionalInt.of(Integer.parseInt(value.trim())) : OptionalInt.empty();
		}
		catch (NumberFormatException ex) {
			throw new IllegalStateException(
					"The container has '" + name + "=" + value + "', and it should be the number of a port", ex);
		}
	}

	private static String url(boolean secure, String host, int port) {
		int defaultPort = secure ? 443 : 80;
		return (secure ? "https://" : "http://") + host + ((port != defaultPort) ? ":" + port : "");
	}

}
