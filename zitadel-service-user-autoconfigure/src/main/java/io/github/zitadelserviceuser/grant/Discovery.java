// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URI;
import java.util.Map;

import io.github.zitadelserviceuser.net.Origin;
import io.github.zitadelserviceuser.token.TokenRequestException;

/**
 * Learns the issuer and the token endpoint from the discovery document (OpenID Connect
 * Discovery 1.0, section 4): at the first request for a token of one of those who share
 * it, and then no more until somebody finds that it is out of date. A failure is not
 * remembered.
 */
final class Discovery {

	private final ServerConnection connection;

	private final AuthorizationServer server;

	private final AnswerFailures answers;

	private final DiscoveryFailures failures;

	private final SharedMetadata metadata;

	Discovery(ServerConnection connection, AuthorizationServer server, AnswerFailures answers, DiscoveryCache cache) {
		this.connection = connection;
		this.server = server;
		this.answers = answers;
		this.failures = new DiscoveryFailures(server);
		this.metadata = cache.of(server);
	}

	ServerMetadata get() {
		return this.metadata.get(this::discover);
	}

	boolean isKnown() {
		return this.metadata.isKnown();
	}

	void forget(ServerMetadata outdated) {
		this.metadata.forget(outdated);
	}

	private ServerMetadata discover() {
		ServerAnswer answer = this.connection
			.get(URI.create(this.server.baseUrl() + "/.well-known/openid-configuration"));
		if (!answer.isOk()) {
			throw this.answers.of(answer);
		}
		Map<String, Object> document = answer.json();
		if (document == null) {
			throw this.answers.noJson(answer);
		}
		String issuer = text(answer, document, "issuer");
		if (!this.server.isIssuer(issuer)) {
			throw this.failures.otherIssuer(issuer);
		}
		return new ServerMetadata(issuer, tokenEndpoint(answer, text(answer, document, "token_endpoint")),
				(document.get("userinfo_endpoint") instanceof String userInfo) ? userInfo : null);
	}

	/**
	 * Whoever gets the assertion can get a token with it: it goes to the issuer alone.
	 * The path is put on the base URL even if that is the issuer: ZITADEL takes the
	 * audience that it wants from the host as it is spelled in the token request.
	 * @param answer the answer that held the document
	 * @param discovered the value of {@code token_endpoint}
	 * @return where token requests go
	 * @throws TokenRequestException if it is none of the issuer's
	 */
	private URI tokenEndpoint(ServerAnswer answer, String discovered) {
		URI endpoint;
		try {
			endpoint = URI.create(discovered);
			if (endpoint.getRawFragment() != null) {
				throw this.failures.unusable(answer, "token_endpoint");
			}
			if (!Origin.of(endpoint).equals(Origin.of(this.server.issuer()))) {
				throw this.failures.otherOrigin(endpoint);
			}
		}
		catch (IllegalArgumentException ex) {
			throw this.failures.unusable(answer, "token_endpoint");
		}
		return this.server.reachable(endpoint);
	}

	private String text(ServerAnswer answer, Map<String, Object> document, String name) {
		if (document.get(name) instanceof String text && !text.isEmpty()) {
			return text;
		}
		throw this.failures.unusable(answer, name);
	}

}
