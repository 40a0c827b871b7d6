// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.zitadelserviceuser.net.Origin;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Says what an answer means that is no token: what ZITADEL meant by it, and what to look
 * at. ZITADEL gives one and the same answer to any bad assertion, so that the causes can
 * only be listed.
 */
final class FailureMessages {

	private static final Pattern EXTERNAL_DOMAIN = Pattern.compile("\\(ExternalDomain is ([a-z0-9.-]{1,100})\\)");

	private final AuthorizationServer server;

	private final Clock clock;

	FailureMessages(AuthorizationServer server, Clock clock) {
		this.server = server;
		this.clock = clock;
	}

	/**
	 * A token request was answered with anything but a token.
	 * @param answer the answer
	 * @param signedAs what had been sent
	 * @param suspects names what can be wrong with it
	 * @return the failure
	 */
	TokenRequestException of(ServerAnswer answer, SignedAs signedAs, Suspects suspects) {
		String error = answer.error();
		if (error == null) {
			return of(answer);
		}
		return answer.isRefusedAssertion() ? refusedAssertion(answer, error, signedAs, suspects)
				: failure(reason(answer, Reason.REFUSED), answer, refusal(answer, error, signedAs), error);
	}

	/**
	 * A request was answered with an error that is none of OAuth's.
	 * @param answer the answer
	 * @return the failure
	 */
	TokenRequestException of(ServerAnswer answer) {
		if (answer.isRedirect()) {
			return failure(Reason.WRONG_SERVER, answer,
					"It redirects to " + target(answer)
							+ ", which is not followed: an assertion goes to the issuer alone. " + checkAddress(),
					null);
		}
		if (answer.status() == 404) {
			return failure(Reason.WRONG_SERVER, answer, isInstanceNotFound(answer) ? instanceNotFound(answer)
					: "There is nothing at that address. " + checkAddress(), null);
		}
		if (answer.status() == 429 && answer.body().contains("instance is blocked")) {
			return failure(Reason.UNAVAILABLE, answer,
					"ZITADEL blocks the instance: its quota is exhausted or its subscription has ended. Look at the "
							+ "instance's usage and billing in ZITADEL's customer portal",
					null);
		}
		Reason reason = reason(answer, Reason.INVALID_RESPONSE);
		return failure(reason, answer,
				(reason == Reason.INVALID_RESPONSE)
						? "That is no answer of ZITADEL's: " + shown(answer) + ". " + checkAddress()
						: "It cannot answer now: " + shown(answer),
				null);
	}

	TokenRequestException noJson(ServerAnswer answer) {
		return invalid(answer, "it is no JSON object but " + answer.contentType()
				+ ", as a login page or a proxy between here and ZITADEL would send. " + checkAddress());
	}

	TokenRequestException invalid(ServerAnswer answer, String what) {
		return failure(Reason.INVALID_RESPONSE, answer, "The answer cannot be used: " + what, null);
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
				+ ". An assertion is sent to the issuer alone. Set " + this.server.property("issuer-uri")
				+ " to the issuer that has its token endpoint there, or correct the external domain in ZITADEL's "
				+ "configuration");
	}

	private TokenRequestException refusedAssertion(ServerAnswer answer, String error, SignedAs signedAs,
			Suspects suspects) {
		Instant now = this.clock.instant();
		ClockComparison comparison = new ClockComparison(now, answer.answeredAt());
		return new TokenRequestException(reason(answer, Reason.REFUSED),
				"ZITADEL gave no token and does not say why, most likely because "
						+ suspects.mostLikely(signedAs, comparison) + "\n" + answer.uri() + " answered with status "
						+ answer.status() + ": " + asked(answer, error) + "."
						+ (error.equals("server_error")
								? " Some versions of ZITADEL answer any bad assertion in this way, and all of them a "
										+ "failure of their own, of which ZITADEL's log tells more."
								: "")
						+ "\n" + suspects.list(signedAs, comparison),
				SafeText.of(error), answer.retryAfter(now), null);
	}

	private static String asked(ServerAnswer answer, String error) {
		String description = answer.errorDescription();
		String asked = SafeText.of(description.isEmpty() ? error : error + " / " + description);
		return asked.endsWith(".") ? asked.substring(0, asked.length() - 1) : asked;
	}

	private String refusal(ServerAnswer answer, String error, SignedAs signedAs) {
		String description = answer.errorDescription();
		String asked = asked(answer, error);
		if (description.contains("Errors.User.NotActive")) {
			return asked + ". The service user " + signedAs.key().userId()
					+ " is deactivated or locked. Reactivate or unlock "
					+ "it in ZITADEL's console: Users, Service Users, the user, Actions";
		}
		if (description.toLowerCase(Locale.ROOT).contains("scope of your request is missing")) {
			return asked + ". No scope arrived. Set " + this.server.property("scopes")
					+ ", or look for a proxy that changes the request's body";
		}
		if (description.equals("assertion missing") || description.equals("grant_type missing")) {
			return asked + ". The request's body did not arrive whole. Look for a proxy or gateway between here and "
					+ signedAs.metadata().tokenEndpoint() + " that changes it";
		}
		if (error.equals("unsupported_grant_type")) {
			return asked + ". The server does not know the JWT-bearer grant. Is it a ZITADEL instance? "
					+ checkAddress();
		}
		return asked + ". ZITADEL's log may tell more. " + checkAddress();
	}

	private String instanceNotFound(ServerAnswer answer) {
		Matcher externalDomain = EXTERNAL_DOMAIN.matcher(answer.body());
		return "ZITADEL knows no instance by the host " + (this.server.isInternal()
				? this.server.instanceHost() + " (sent as " + AuthorizationServer.INSTANCE_HOST_HEADER + "). Set "
						+ this.server.property("issuer-uri") + " to the external domain of the instance"
				: Origin.of(this.server.baseUrl()).authority() + ". Set " + this.server.property("issuer-uri")
						+ " to the external domain of the instance and, if it is reached by another name from here, "
						+ this.server.property("base-url") + " to that address")
				+ (externalDomain.find() ? ". Its own configuration has 'ExternalDomain' " + externalDomain.group(1)
						: "");
	}

	private static boolean isInstanceNotFound(ServerAnswer answer) {
		return answer.body().contains("unable to set instance") || answer.body().contains("Instance not found");
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

	private String target(ServerAnswer answer) {
		String location = answer.headers().getFirst(HttpHeaders.LOCATION);
		try {
			// The path may carry a secret that the server echoes.
			return (location != null) ? Origin.of(answer.uri().resolve(location)).toString() : "nowhere";
		}
		catch (IllegalArgumentException ex) {
			return "an invalid address";
		}
	}

	private String checkAddress() {
		String path = this.server.issuer().getRawPath();
		return "Check "
				+ (this.server.isInternal() ? this.server.property("base-url") + " (" + this.server.baseUrl() + ")"
						: this.server.property("issuer-uri") + " (" + this.server.issuer() + ")")
				+ (path.isEmpty() ? ""
						: ". The issuer of a ZITADEL instance has no path: try it without '" + path + "'");
	}

	private TokenRequestException failure(Reason reason, ServerAnswer answer, String meaning, @Nullable String error) {
		return new TokenRequestException(reason,
				answer.uri() + " answered with status " + answer.status() + ": " + meaning,
				(error != null) ? SafeText.of(error) : null, answer.retryAfter(this.clock.instant()), null);
	}

	private static Reason reason(ServerAnswer answer, Reason otherwise) {
		return switch (answer.status()) {
			case 429, 502, 503, 504 -> Reason.UNAVAILABLE;
			default -> (answer.status() >= 500) ? Reason.SERVER_ERROR : otherwise;
		};
	}

	private static String shown(ServerAnswer answer) {
		if (answer.body().isBlank()) {
			return "the body is empty";
		}
		// A token may be too short to be recognised as one.
		return answer.body().contains("access_token") ? answer.contentType() + " with a token, not shown"
				: answer.contentType() + " '" + SafeText.of(answer.body()) + "'";
	}

}
