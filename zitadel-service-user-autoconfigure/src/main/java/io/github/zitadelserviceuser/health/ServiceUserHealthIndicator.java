// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.key.CredentialInUse;
import io.github.zitadelserviceuser.key.CredentialKind;
import io.github.zitadelserviceuser.key.InvalidCredentialException;
import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.key.LastGoodSecret;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * {@link HealthIndicator} of the service user: whether the next call is served.
 * <ul>
 * <li>{@code UNKNOWN}: nothing is known of the next call. No request has ended so far, or
 * the last one failed a minute ago or longer, the time that the server asked to wait is
 * over, and nobody has asked since.</li>
 * <li>{@code UP}: a token is held that can be used, or the last request brought one. A
 * refresh that fails meanwhile is a detail.</li>
 * <li>{@code DOWN}: none is held that can be used, or the one that is held was rejected
 * by a resource server and ZITADEL refuses another one, or it is a personal access token,
 * of which there is no other one; and the last request failed, less than a minute ago or
 * within the time that the server asked to wait.</li>
 * </ul>
 * {@code DOWN} does not last by itself, since only a call makes the next request: an
 * instance that got none for its state would keep that state for ever.
 * <p>
 * A probe reads what is known. It never causes a token request, reads no key, does not
 * block and uses no network. The details hold no secret; times are in UTC (ISO 8601).
 *
 * @since 0.1.0
 */
public final class ServiceUserHealthIndicator extends AbstractHealthIndicator {

	/**
	 * For how long a failure says something of the next call.
	 */
	private static final Duration REMEMBERED = Duration.ofMinutes(1);

	private static final TokenStatus NOTHING_KNOWN = new TokenStatus(null, false, null);

	private final Supplier<@Nullable TokenStatus> tokens;

	private final @Nullable CredentialInUse credential;

	private final Clock clock;

	/**
	 * Create a new indicator.
	 * @param tokens tells what is held and what is under way, or {@code null} if nothing
	 * is known of it
	 * @param credential the credential in use, or {@code null} if there is none to watch
	 * @param clock the clock by which the key expires
	 */
	public ServiceUserHealthIndicator(Supplier<@Nullable TokenStatus> tokens, @Nullable CredentialInUse credential,
			Clock clock) {
		super("The health of the ZITADEL service user cannot be told");
		this.tokens = tokens;
		this.credential = credential;
		this.clock = clock;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		TokenStatus status = this.tokens.get();
		TokenStatus current = (status != null) ? status : NOTHING_KNOWN;
		builder.status(status(current));
		if (current.held() != null) {
			builder.withDetail("token", token(current.held(), !isTokenItself()));
		}
		builder.withDetail("requesting", current.requesting());
		if (current.failure() != null) {
			builder.withDetail("lastFailure", failure(current.failure()));
		}
		if (this.credential != null) {
			builder.withDetail("credential", credential(this.credential));
		}
		if (this.credential instanceof LastGoodKey key) {
			ServiceUserKey inUse = key.current();
			if (inUse != null) {
				builder.withDetail("key", key(inUse, key.problem()));
			}
		}
	}

	private Status status(TokenStatus current) {
		TokenStatus.Failure failure = current.failure();
		if (failure == null) {
			return (current.held() != null) ? Status.UP : Status.UNKNOWN;
		}
		if (current.isUsable() && !isRejectedForGood(current, failure.cause())) {
			return Status.UP;
		}
		return isOver(failure) ? Status.UNKNOWN : Status.DOWN;
	}

	/**
	 * Return whether calls fail although a token is used. One that was rejected may be
	 * good elsewhere, and is most likely replaced as soon as ZITADEL is reached; if
	 * ZITADEL refuses to, the user or its key is gone, and so is the token.
	 * @param current what is held
	 * @param failure why there is no other one
	 * @return whether each call is answered 401
	 */
	private static boolean isRejectedForGood(TokenStatus current, TokenRequestException failure) {
		return current.held() != null && current.held().rejected() && switch (failure.getReason()) {
			case REFUSED, KEY_NOT_KNOWN_YET, INVALID_KEY -> true;
			// With an error of OAuth's it is how older versions of ZITADEL refuse.
			case SERVER_ERROR -> failure.getError() != null;
			case UNREACHABLE, UNAVAILABLE, INVALID_RESPONSE, WRONG_SERVER, TIMEOUT, CANCELLED, UNEXPECTED -> false;
		};
	}

	private boolean isOver(TokenStatus.Failure failure) {
		Instant now = this.clock.instant();
		return !now.isBefore(failure.nextAttempt()) && !now.isBefore(failure.at().plus(REMEMBERED));
	}

	private boolean isTokenItself() {
		return this.credential != null && this.credential.kind() == CredentialKind.PERSONAL_ACCESS_TOKEN;
	}

	private static Map<String, Object> token(TokenStatus.Held held, boolean endKnown) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("state", lowerCase(held.state()));
		details.put("refreshAt", held.refreshAt().toString());
		if (endKnown) {
			details.put("usableUntil", held.usableUntil().toString());
			details.put("expiresAt", held.expiresAt().toString());
		}
		return details;
	}

	private static Map<String, Object> credential(CredentialInUse credential) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("type", credential.kind().type());
		// Of a key its own details tell.
		if (credential instanceof LastGoodSecret secret) {
			details.put("expiresAt", "not known");
			InvalidCredentialException problem = secret.problem();
			if (problem != null) {
				details.put("problem", Objects.requireNonNullElse(problem.getMessage(), ""));
			}
		}
		return details;
	}

	private static Map<String, Object> failure(TokenStatus.Failure failure) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("reason", lowerCase(failure.cause().getReason()));
		details.put("message", Objects.requireNonNullElse(failure.cause().getMessage(), ""));
		details.put("count", failure.count());
		details.put("at", failure.at().toString());
		details.put("nextAttempt", failure.nextAttempt().toString());
		return details;
	}

	private Map<String, Object> key(ServiceUserKey inUse, @Nullable InvalidServiceUserKeyException problem) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("id", inUse.keyId());
		if (inUse.expirationDate() != null) {
			details.put("expiresAt", inUse.expirationDate().toString());
			details.put("expired", inUse.isExpired(this.clock.instant()));
		}
		if (problem != null) {
			details.put("problem", Objects.requireNonNullElse(problem.getMessage(), ""));
		}
		return details;
	}

	private static String lowerCase(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

}
