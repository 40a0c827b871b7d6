// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Duration;
import java.time.Instant;

import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What ZITADEL checks of an assertion and does not tell: which of it is most likely
 * wrong, and what was sent of each.
 */
final class AssertionDiagnosis implements Diagnosis {

	/**
	 * For how long a key may be too new. ZITADEL makes a key known to its token endpoint
	 * some time after it was created, mostly at once and now and then when what it missed
	 * is queued again, which is each minute.
	 */
	private static final Duration NEW = Duration.ofMinutes(1);

	private final AuthorizationServer server;

	private final LastGoodKey key;

	private final AssertionInputs inputs;

	private final boolean acceptedBefore;

	/**
	 * Create a new diagnosis.
	 * @param server who was asked
	 * @param key where the key comes from
	 * @param inputs what was sent
	 * @param acceptedBefore whether the server is known to know the key
	 */
	AssertionDiagnosis(AuthorizationServer server, LastGoodKey key, AssertionInputs inputs, boolean acceptedBefore) {
		this.server = server;
		this.key = key;
		this.inputs = inputs;
		this.acceptedBefore = acceptedBefore;
	}

	@Override
	public String who() {
		return "service user " + this.inputs.key().userId();
	}

	@Override
	public Reason reason(Reason told, ClockComparison clock) {
		return (explained(clock) == null && age(clock) != null) ? Reason.KEY_NOT_KNOWN_YET : told;
	}

	@Override
	public String mostLikely(ClockComparison clock) {
		String explained = explained(clock);
		if (explained != null) {
			return explained;
		}
		Duration age = age(clock);
		String gone = gone() + " Compare them with the 'Keys' page of the service user in ZITADEL's console.";
		return (age != null) ? "the key " + this.inputs.key().keyId()
				+ " was made a moment ago and is not known yet: it has been in its place for " + age.toSeconds()
				+ " s. While that is less than a minute it is tried again as long as a call waits; if it goes on, "
				+ gone : gone;
	}

	private @Nullable String explained(ClockComparison clock) {
		ServiceUserKey sent = this.inputs.key();
		if (sent.isExpired(clock.judgedAt())) {
			return "the key " + sent.keyId() + " has expired: its file says " + sent.expirationDate()
					+ ". Create a new key on the 'Keys' page of the service user in ZITADEL's console, and put its "
					+ "file in the place of the old one.";
		}
		if (clock.isOff() && this.inputs.correction().isZero()) {
			return "the clock of this machine is off: it shows " + clock + ". Set it right, for example by NTP.";
		}
		InvalidServiceUserKeyException problem = this.key.problem();
		return (problem != null)
				? "the key was replaced and the new one cannot be read, so that the one before is still used. "
						+ problem.getMessage()
				: null;
	}

	private String gone() {
		ServiceUserKey sent = this.inputs.key();
		return "the key " + sent.keyId() + " was deleted" + ((sent.expirationDate() != null) ? "" : " or has expired")
				+ ", the user " + sent.userId()
				+ " or its organization was removed, or they are of another instance than '"
				+ this.inputs.metadata().issuer() + "'.";
	}

	/**
	 * Return the age of a key that may be too new to be known.
	 * @param clock the clock here and there
	 * @return its age, or {@code null} if it is old enough or not known
	 */
	private @Nullable Duration age(ClockComparison clock) {
		Instant writtenAt = this.acceptedBefore ? null : this.key.writtenAt();
		if (writtenAt == null) {
			return null;
		}
		// The clock of a file system may be somewhat ahead.
		Duration age = Duration.between(writtenAt, clock.here()).abs();
		return (age.compareTo(NEW) < 0) ? age : null;
	}

	@Override
	public String sent(ClockComparison clock) {
		ServiceUserKey sent = this.inputs.key();
		InvalidServiceUserKeyException problem = this.key.problem();
		return "What was sent, and what is known of it:" //
				+ line("key",
						sent.keyId() + ", from " + this.key.origin() + "; " + expiration(sent.expirationDate())
								+ ". One that was made a moment ago may need some seconds")
				+ ((problem != null) ? line("new key", "cannot be read: " + problem.found()) : "")
				+ line("user", sent.userId() + ", who must be a service user of this instance and have that key")
				+ line("issuer", issuer(this.inputs.metadata().issuer())) //
				+ line("clock", clock + "; less than a minute is forgiven" + correction(this.inputs.correction()));
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
