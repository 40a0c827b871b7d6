// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.logging;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenListener;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenStatus;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs the life of the token: the first one and the end of an incident at INFO, an
 * incident once at WARN, and again when another kind of failure joins it or the held
 * token ends; a lifetime that is not known once at WARN; everything else at DEBUG. Stack
 * traces are at DEBUG, except for what is unexpected, where nothing else tells. No line
 * holds a token.
 * <p>
 * Instances are safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class TokenLog implements TokenListener {

	private static final Log logger = LogFactory.getLog(TokenLog.class);

	private final String serviceUser;

	private final Supplier<TokenStatus> status;

	private final Clock clock;

	private final boolean endKnown;

	private boolean first = true;

	private @Nullable Incident incident;

	/**
	 * Create a new log.
	 * @param serviceUser what to call the service user, such as "the ZITADEL service
	 * user"
	 * @param status tells what is held at the moment
	 * @param clock the clock by which an incident lasts
	 */
	public TokenLog(String serviceUser, Supplier<TokenStatus> status, Clock clock) {
		this(serviceUser, status, clock, true);
	}

	/**
	 * Create a new log.
	 * @param serviceUser what to call the service user, such as "the ZITADEL service
	 * user"
	 * @param status tells what is held at the moment
	 * @param clock the clock by which an incident lasts
	 * @param endKnown whether it is known when a token ends, which of a personal access
	 * token it is not
	 */
	public TokenLog(String serviceUser, Supplier<TokenStatus> status, Clock clock, boolean endKnown) {
		this.endKnown = endKnown;
		this.serviceUser = serviceUser;
		this.status = status;
		this.clock = clock;
	}

	@Override
	public void onObtained(AccessToken token) {
		succeeded("Obtained", token);
	}

	@Override
	public void onRefreshed(AccessToken token) {
		succeeded("Refreshed", token);
	}

	@Override
	public void onLifetimeUnknown(AccessToken token) {
		logger
			.warn("ZITADEL does not say how long the access tokens of the service user live: 'expires_in' is missing. "
					+ Text.of(Duration.between(token.issuedAt(), token.expiresAt()))
					+ " are assumed, and less once an API answers 401 to a younger one. ZITADEL leaves it out where tokens "
					+ "live for a second or less: raise the lifetime of access tokens there (Default Settings, OIDC Token "
					+ "Lifetimes)");
	}

	// Synchronized, writing included: lines stand in the order of what they tell.
	@Override
	public synchronized void onFailed(TokenRequestException failure) {
		TokenStatus current = this.status.get();
		if (current.isUsable() && current.failure() == null) {
			// Told late: a token has been obtained since, and nothing would end an
			// incident that begins now.
			logger.debug("An attempt before the last token had failed", failure);
			return;
		}
		Incident incident = this.incident;
		if (incident == null) {
			incident = new Incident(this.clock.instant());
			this.incident = incident;
		}
		String line = line(failure, current.held());
		if (!incident.add(failure.getReason(), current.isUsable())) {
			logger.debug(line, failure);
		}
		else if (failure.getReason() == Reason.UNEXPECTED) {
			logger.warn(line, failure);
		}
		else {
			logger.warn(line);
			logger.debug("How it came to that", failure);
		}
	}

	@Override
	public void onRejected(AccessToken token) {
		logger.debug("A resource server answered 401 to the access token of " + this.serviceUser
				+ ", and another one is requested");
	}

	private synchronized void succeeded(String what, AccessToken token) {
		String line = what + " " + (this.first ? "the first" : "an") + " access token for " + this.serviceUser
				+ life(token);
		if (this.first) {
			this.first = false;
			logger.info(line);
		}
		else {
			logger.debug(line);
		}
		Incident over = this.incident;
		if (over != null) {
			this.incident = null;
			logger.info("Access tokens for " + this.serviceUser + " can be obtained again, after "
					+ Text.of(over.duration(this.clock.instant())) + " and "
					+ Text.count(over.failures(), "failed attempt"));
		}
	}

	private String life(AccessToken token) {
		TokenStatus.Held held = this.status.get().held();
		if (!this.endKnown) {
			return ": it is a personal access token. When it ends is not known"
					+ ((held != null) ? "; it is looked at again from " + held.refreshAt() + " on" : "");
		}
		return ": it expires at " + token.expiresAt() + ((held != null && held.issuedAt().equals(token.issuedAt()))
				? " and is refreshed from " + held.refreshAt() + " on" : "");
	}

	private String line(TokenRequestException failure, TokenStatus.@Nullable Held held) {
		boolean usable = held != null && held.usable();
		return (usable ? "The access token of " + this.serviceUser + " could not be refreshed: "
				: "No access token could be obtained for " + this.serviceUser + ": ")
				+ Text.sentence(failure.getMessage()) + outlook(held);
	}

	private static String outlook(TokenStatus.@Nullable Held held) {
		if (held == null) {
			return "None is held: calls fail until one can be obtained";
		}
		return held.usable() ? "The one that is held is used until " + held.usableUntil()
				: "The one that was held has ended: calls fail until another one can be obtained";
	}

}
