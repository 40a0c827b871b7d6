// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Duration;
import java.time.Instant;

import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import org.jspecify.annotations.Nullable;

/**
 * What ZITADEL checks of an assertion and does not tell: which of it is most likely
 * wrong, and what was sent of each.
 */
final class Suspects {

	private final AuthorizationServer server;

	private final LastGoodKey key;

	Suspects(AuthorizationServer server, LastGoodKey key) {
		this.server = server;
		this.key = key;
	}

	/**
	 * Name what is most likely wrong.
	 * @param signedAs what was sent
	 * @param clock the clock here and there
	 * @return whole sentences, the first of which goes on after "because"
	 */
	String mostLikely(SignedAs signedAs, ClockComparison clock) {
		ServiceUserKey sent = signedAs.key();
		if (sent.isExpired(clock.judgedAt())) {
			return "the key " + sent.keyId() + " has expired: its file says " + sent.expirationDate()
					+ ". Create a new key on the 'Keys' page of the service user in ZITADEL's console, and put its "
					+ "file in the place of the old one.";
		}
		if (clock.isOff() && signedAs.correction().isZero()) {
			return "the clock of this machine is off: it shows " + clock + ". Set it right, for example by NTP.";
		}
		InvalidServiceUserKeyException problem = this.key.problem();
		if (problem != null) {
			return "the key was replaced and the new one cannot be read, so that the one before is still used. "
					+ problem.getMessage();
		}
		return "the key " + sent.keyId() + " was deleted, the user " + sent.userId()
				+ " was removed, or they are of another instance than '" + signedAs.metadata().issuer()
				+ "'. Compare them with the 'Keys' page of the service user in ZITADEL's console.";
	}

	/**
	 * List what was sent.
	 * @param signedAs what was sent
	 * @param clock the clock here and there
	 * @return a list, one line for each suspect
	 */
	String list(SignedAs signedAs, ClockComparison clock) {
		ServiceUserKey sent = signedAs.key();
		InvalidServiceUserKeyException problem = this.key.problem();
		return "What was sent, and what is known of it:" //
				+ line("key",
						sent.keyId() + ", from " + this.key.origin() + "; " + expiration(sent.expirationDate())
								+ ". One that was made a moment ago may need some seconds")
				+ ((problem != null) ? line("new key", "cannot be read: " + problem.found()) : "")
				+ line("user", sent.userId() + ", who must be a service user of this instance and have that key")
				+ line("issuer", issuer(signedAs.metadata().issuer())) //
				+ line("clock", clock + "; less than a minute is forgiven" + correction(signedAs.correction()));
	}

	private static String line(String name, String facts) {
		return "\n- " + name + ": " + facts;
	}

	private static String expiration(@Nullable Instant expiration) {
		return (expiration != null) ? "its file says that it expires at " + expiration
				: "no expiration date is known of it";
	}

	private String issuer(String discovered) {
		String configured = this.server.issuer().toString();
		return "'" + configured + "' is configured in '" + this.server.property("issuer-uri") + "', '"
				+ SafeText.of(discovered) + "' was discovered and sent as 'aud'"
				+ (discovered.equals(configured) ? "" : ", which is not written alike")
				+ (this.server.isInternal() ? ", both at '" + this.server.baseUrl() + "'" : "");
	}

	private static String correction(Duration correction) {
		return correction.isZero() ? "" : ", and the assertion was dated " + correction.abs().toSeconds() + " s "
				+ (correction.isNegative() ? "earlier" : "later") + " because of it";
	}

}
