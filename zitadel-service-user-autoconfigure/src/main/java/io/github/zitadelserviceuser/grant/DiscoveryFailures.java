// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URI;

import io.github.zitadelserviceuser.net.Origin;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;

/**
 * Says what is wrong with a discovery document.
 */
final class DiscoveryFailures {

	private final AuthorizationServer server;

	DiscoveryFailures(AuthorizationServer server) {
		this.server = server;
	}

	TokenRequestException otherIssuer(String discovered) {
		return new TokenRequestException(Reason.WRONG_SERVER, "The server at " + this.server.baseUrl()
				+ " says that its issuer is '" + SafeText.of(discovered) + "', but "
				+ this.server.property("issuer-uri") + " is '" + this.server.issuer() + "'" + difference(discovered)
				+ ". Set " + this.server.property("issuer-uri") + " to the issuer that the server gives, if that is "
				+ "the right one; for another address of the same instance use " + this.server.property("base-url"));
	}

	TokenRequestException otherOrigin(URI tokenEndpoint) {
		return new TokenRequestException(Reason.WRONG_SERVER, "The token endpoint that was discovered is at "
				+ Origin.of(tokenEndpoint) + ", and not at the issuer's origin " + Origin.of(this.server.issuer())
				+ ". A credential is sent to the issuer alone. Set " + this.server.property("issuer-uri")
				+ " to the issuer that has its token endpoint there, or correct the external domain in ZITADEL's "
				+ "configuration");
	}

	TokenRequestException unusable(ServerAnswer answer, String member) {
		return new TokenRequestException(Reason.INVALID_RESPONSE, "The discovery document at " + answer.uri()
				+ " has no usable '" + member + "'. Is it a ZITADEL instance?");
	}

	/**
	 * Name what is not seen at first sight.
	 * @param discovered the issuer that the server gives
	 * @return the difference, or an empty text
	 */
	private String difference(String discovered) {
		URI issuer = this.server.issuer();
		if (discovered.equalsIgnoreCase(issuer.toString().replaceFirst("^http:", "https:"))) {
			return " (https, not http)";
		}
		if (discovered.equalsIgnoreCase(issuer.toString().replaceFirst("^https:", "http:"))) {
			return " (http, not https: the instance is not configured as externally secure)";
		}
		return isSameButForThePort(discovered)
				? " (another port: ZITADEL takes it from the 'Host' header, which a proxy on the way may have changed)"
				: "";
	}

	private boolean isSameButForThePort(String discovered) {
		try {
			Origin there = Origin.of(URI.create(discovered));
			Origin here = Origin.of(this.server.issuer());
			return there.scheme().equals(here.scheme()) && there.host().equals(here.host())
					&& there.port() != here.port();
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
