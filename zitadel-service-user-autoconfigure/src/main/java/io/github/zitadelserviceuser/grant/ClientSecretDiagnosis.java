// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import io.github.zitadelserviceuser.key.InvalidCredentialException;
import io.github.zitadelserviceuser.key.LastGoodSecret;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What it means that ZITADEL refused a client secret, which it says in words that are
 * those of its code.
 */
final class ClientSecretDiagnosis implements Diagnosis {

	private final AuthorizationServer server;

	private final String clientId;

	private final LastGoodSecret secret;

	ClientSecretDiagnosis(AuthorizationServer server, String clientId, LastGoodSecret secret) {
		this.server = server;
		this.clientId = SafeText.of(clientId);
		this.secret = secret;
	}

	@Override
	public String who() {
		return "service user '" + this.clientId + "'";
	}

	@Override
	public @Nullable String meaning(AnswerKind kind) {
		return switch (kind) {
			case SECRET_NOT_SET -> "The " + who() + " has no client secret. " + generate("one");
			case SECRET_WRONG -> "The client secret of the " + who() + ", from " + this.secret.origin()
					+ ", is wrong or was replaced: one that is generated ends the one before. " + problem()
					+ generate("a new one");
			case CLIENT_NOT_FOUND -> "There is no service user with the user name '" + this.clientId + "' at "
					+ this.server.issuer() + ". Set '" + this.server.property("client-id")
					+ "' to the user name, which is not the id, that stands on the page of the service user in "
					+ "ZITADEL's console, and '" + this.server.property("issuer-uri") + "' to the instance that has it";
			default -> null;
		};
	}

	@Override
	public Reason reason(Reason told, ClockComparison clock) {
		return told;
	}

	@Override
	public String mostLikely(ClockComparison clock) {
		return "it failed itself, or the " + who()
				+ " was removed: what it minds of a client secret it mostly says. If it "
				+ "goes on, look for that user in ZITADEL's console (Users, Service Users).";
	}

	@Override
	public String sent(ClockComparison clock) {
		InvalidCredentialException problem = this.secret.problem();
		return "What was sent, and what is known of it:" //
				+ "\n- user name: '" + this.clientId + "', from '" + this.server.property("client-id") + "'"
				+ "\n- client secret: from " + this.secret.origin() + "; when it ends is not known"
				+ ((problem != null) ? "\n- new client secret: cannot be read: " + problem.found() : "");
	}

	private String problem() {
		InvalidCredentialException problem = this.secret.problem();
		return (problem != null)
				? "What is there now cannot be read (" + problem.found() + "), so that the one before is still used. "
				: "";
	}

	private String generate(String what) {
		return "Generate " + what + " in ZITADEL's console (Users, Service Users, the user, Actions, Generate Client "
				+ "Secret) and put it in the place of the old one, " + this.secret.origin();
	}

}
