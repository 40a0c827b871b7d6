// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

import io.github.zitadelserviceuser.net.Origin;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Says what a resource server does not when it answers 401, or gRPC's
 * {@code UNAUTHENTICATED}, to a good token: that the token lacks an audience, and which
 * property asks for it.
 * <p>
 * It warns once about ZITADEL's own APIs and once about those of others, however often it
 * is called. Safe for use by any number of threads; it does not block.
 *
 * @since 0.1.0
 * @see <a href="https://zitadel.com/docs/apis/openidoauth/scopes">Scopes in ZITADEL's
 * documentation</a>
 */
public final class AudienceHints {

	private static final Log logger = LogFactory.getLog(AudienceHints.class);

	private static final String ZITADEL_AUDIENCE = "urn:zitadel:iam:org:project:id:zitadel:aud";

	private static final Pattern PROJECT_AUDIENCE = Pattern.compile("urn:zitadel:iam:org:project:id:[^:]+:aud");

	private static final List<String> WITHOUT_AUDIENCE = List.of("/oidc/", "/oauth/", "/.well-known/");

	private final String propertyPrefix;

	private final Set<URI> addresses;

	private final AtomicBoolean ownApis;

	private final AtomicBoolean otherApis;

	/**
	 * Create new hints.
	 * @param propertyPrefix the prefix of the properties to name, such as
	 * {@code zitadel.service-user}
	 * @param addresses where ZITADEL is reached, without a trailing slash
	 * @param scopes the scopes that tokens are requested with
	 */
	public AudienceHints(String propertyPrefix, Collection<URI> addresses, Collection<String> scopes) {
		this.propertyPrefix = propertyPrefix;
		this.addresses = Set.copyOf(addresses);
		this.ownApis = new AtomicBoolean(!scopes.contains(ZITADEL_AUDIENCE));
		this.otherApis = new AtomicBoolean(scopes.stream()
			.noneMatch((scope) -> !scope.equals(ZITADEL_AUDIENCE) && PROJECT_AUDIENCE.matcher(scope).matches()));
	}

	/**
	 * Say that a call was answered with 401 although it had a token of the service user.
	 * @param uri what was called, where the token was allowed to go
	 */
	public void unauthorized(URI uri) {
		for (URI address : this.addresses) {
			if (isAt(address, uri)) {
				String path = uri.getRawPath().substring(address.getRawPath().length());
				if (WITHOUT_AUDIENCE.stream().noneMatch(path::startsWith) && this.ownApis.compareAndSet(true, false)) {
					logger.warn("ZITADEL's API at " + Origin.of(uri) + " answered 401 to the token of the service "
							+ "user. Tokens are requested without the scope '" + ZITADEL_AUDIENCE + "', which "
							+ "ZITADEL's own APIs demand. Set " + this.propertyPrefix + ".api-access=true");
				}
				return;
			}
		}
		if (this.otherApis.compareAndSet(true, false)) {
			logger.warn(Origin.of(uri) + " answered 401 to the token of the service user. Tokens are requested without "
					+ "the audience of any project. If that API asks ZITADEL about tokens (introspection), it takes "
					+ "those with the audience of its own project only. Add the project's ID to " + this.propertyPrefix
					+ ".project-ids");
		}
	}

	private static boolean isAt(URI address, URI uri) {
		return Origin.of(address).equals(Origin.of(uri)) && uri.getRawPath().startsWith(address.getRawPath() + "/");
	}

}
