// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where ZITADEL is and with which key to authenticate there. A bean of this type, whether
 * an application's own or one that Testcontainers or Docker Compose supplies, takes the
 * place of the properties {@code issuer-uri}, {@code base-url}, {@code headers},
 * {@code key-location} and {@code private-key-location}; all others hold as they do
 * without it.
 * <p>
 * One that is qualified by {@code @ServiceUser("billing")} is that of the user of this
 * name. Any other is that of the unnamed user, and tells how ZITADEL is reached by each
 * named one that has neither connection details nor an {@code issuer-uri} of its own.
 *
 * @since 0.1.0
 */
public interface ZitadelServiceUserConnectionDetails extends ConnectionDetails {

	/**
	 * Return the URL of the ZITADEL instance, as in a browser.
	 * @return the issuer
	 */
	String getIssuerUri();

	/**
	 * Return the location of the JSON key file, written like the property
	 * {@code key-location}. It may hold the key itself, so it is not to be shown.
	 * @return a path, {@code file:}, {@code classpath:}, or {@code base64:} followed by
	 * the content; {@code null} if the properties of the user are to say how it
	 * authenticates
	 */
	@Nullable String getKeyLocation();

	/**
	 * Return the location of the JSON key file of a named user, for a connection that has
	 * several and is not qualified as that of one.
	 * @param name the name, as in {@code zitadel.service-users.<name>}
	 * @return the location, written as in {@link #getKeyLocation()}; {@code null} if the
	 * properties of the user are to say how it authenticates, as they do by default
	 */
	default @Nullable String getKeyLocation(String name) {
		return null;
	}

	/**
	 * Return the internal address of the same instance, if it is not reached by the
	 * issuer's.
	 * @return the address, {@code null} if it is that of the issuer
	 */
	default @Nullable String getBaseUrl() {
		return null;
	}

	/**
	 * Return headers for what stands before ZITADEL at that address. Those of the
	 * properties are for another address, and not sent there.
	 * @return the values by name, which are not to be shown
	 */
	default Map<String, String> getHeaders() {
		return Map.of();
	}

}
