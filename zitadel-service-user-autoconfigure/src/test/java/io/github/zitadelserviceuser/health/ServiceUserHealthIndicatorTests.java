// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.health;

import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceUserHealthIndicatorTests {

	private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

	private static final TokenStatus.Failure FAILURE = new TokenStatus.Failure(
			new TokenRequestException(Reason.WRONG_SERVER, "Another server"), 3, NOW.minusSeconds(5),
			NOW.plusSeconds(7));

	private TokenStatus status = new TokenStatus(null, false, null);

	private @Nullable LastGoodKey key;

	@Test
	void healthWhenNoTokenWasRequestedThenUnknown() {
		assertThat(health().getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health().getDetails()).isEqualTo(Map.of("requesting", false));
	}

	@Test
	void healthWhenNothingIsKnownOfTheTokensThenUnknown() {
		assertThat(
				new ServiceUserHealthIndicator(() -> null, null, Clock.fixed(NOW, ZoneOffset.UTC)).health().getStatus())
			.isEqualTo(Status.UNKNOWN);
	}

	@Test
	void healthWhenFirstRequestIsUnderWayThenUnknown() {
		this.status = new TokenStatus(null, true, null);
		assertThat(health().getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health().getDetails()).containsEntry("requesting", true);
	}

	@Test
	void healthWhenTokenIsFreshThenUpWithItsLife() {
		this.status = new TokenStatus(held(true, true, false), false, null);
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).isEqualTo(
				Map.of("requesting", false, "token", Map.of("state", "fresh", "refreshAt", "2026-01-01T12:46:40Z",
						"usableUntil", "2026-01-01T12:58:20Z", "expiresAt", "2026-01-01T13:00:00Z")));
	}

	@Test
	void healthWhenTokenIsStaleOrRejectedThenUpAndSaysSo() {
		this.status = new TokenStatus(held(false, true, false), true, null);
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(token()).containsEntry("state", "stale");
		this.status = new TokenStatus(held(false, true, true), true, null);
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(token()).containsEntry("state", "rejected");
	}

	@Test
	void healthWhenTokenHasEndedAndNobodyAskedSinceThenUp() {
		this.status = new TokenStatus(held(false, false, false), false, null);
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(token()).containsEntry("state", "spent");
	}

	@Test
	void healthWhenRefreshFailsThenUpWithTheFailure() {
		this.status = new TokenStatus(held(false, true, false), false, FAILURE);
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).containsEntry("lastFailure", Map.of("reason", "wrong_server", "message",
				"Another server", "count", 3, "at", "2026-01-01T11:59:55Z", "nextAttempt", "2026-01-01T12:00:07Z"));
	}

	@Test
	void healthWhenRequestFailedAndNoTokenIsUsableThenDownUntilOneIs() {
		this.status = new TokenStatus(null, false, FAILURE);
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		this.status = new TokenStatus(held(false, false, false), true, FAILURE);
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(health().getDetails()).containsKeys("token", "lastFailure").doesNotContainKey("error");
		this.status = new TokenStatus(held(true, true, false), false, null);
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).doesNotContainKey("lastFailure");
	}

	@Test
	void healthWhenNobodyAskedForAMinuteAfterAFailureThenUnknown() {
		TokenRequestException cause = new TokenRequestException(Reason.UNAVAILABLE, "Down");
		this.status = new TokenStatus(null, false,
				new TokenStatus.Failure(cause, 3, NOW.minusSeconds(59), NOW.minusSeconds(50)));
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		this.status = new TokenStatus(null, false,
				new TokenStatus.Failure(cause, 3, NOW.minusSeconds(60), NOW.minusSeconds(50)));
		assertThat(health().getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health().getDetails()).containsKey("lastFailure");
		this.status = new TokenStatus(null, false,
				new TokenStatus.Failure(cause, 3, NOW.minusSeconds(60), NOW.plusSeconds(1)));
		assertThat(health().getStatus()).as("asked to wait for longer").isEqualTo(Status.DOWN);
	}

	@Test
	void healthWhenKeyIsKnownThenHasIdAndExpiry() {
		this.key = read(new LastGoodKey(() -> key("1", NOW.plusSeconds(1)), List.of()));
		assertThat(health().getDetails()).containsEntry("key",
				Map.of("id", "1", "expiresAt", "2026-01-01T12:00:01Z", "expired", false));
		this.key = read(new LastGoodKey(() -> key("1", NOW), List.of()));
		assertThat(health().getDetails()).containsEntry("key",
				Map.of("id", "1", "expiresAt", "2026-01-01T12:00:00Z", "expired", true));
		this.key = read(new LastGoodKey(() -> key("1", null), List.of()));
		assertThat(health().getDetails()).containsEntry("key", Map.of("id", "1"));
		assertThat(health().getStatus()).as("a key alone is no outcome").isEqualTo(Status.UNKNOWN);
	}

	@Test
	void healthWhenKeyWasReplacedByABrokenOneThenSaysSoAndStays() {
		SwitchedReader reader = new SwitchedReader();
		LastGoodKey lastGoodKey = new LastGoodKey(reader::read, List.of());
		this.key = lastGoodKey;
		lastGoodKey.read();
		reader.broken = true;
		lastGoodKey.read();
		assertThat(health().getDetails()).containsEntry("key", Map.of("id", "1", "problem", reader.message()));
		reader.broken = false;
		lastGoodKey.read();
		assertThat(health().getDetails()).containsEntry("key", Map.of("id", "1"));
	}

	@Test
	void healthWhenKeyWasNeverReadThenNothingIsReadForIt() {
		SwitchedReader reader = new SwitchedReader();
		LastGoodKey lastGoodKey = new LastGoodKey(reader::read, List.of());
		this.key = lastGoodKey;
		assertThat(health().getDetails()).doesNotContainKey("key");
		assertThat(reader.readings).isZero();
		lastGoodKey.read();
		assertThat(health().getDetails()).containsEntry("key", Map.of("id", "1"));
		assertThat(reader.readings).isOne();
	}

	private static LastGoodKey read(LastGoodKey lastGoodKey) {
		lastGoodKey.read();
		return lastGoodKey;
	}

	private Health health() {
		return new ServiceUserHealthIndicator(() -> this.status, this.key, Clock.fixed(NOW, ZoneOffset.UTC)).health();
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> token() {
		return (Map<String, Object>) health().getDetails().get("token");
	}

	private static TokenStatus.Held held(boolean fresh, boolean usable, boolean rejected) {
		return new TokenStatus.Held(NOW, NOW.plusSeconds(2800), NOW.plusSeconds(3500), NOW.plusSeconds(3600), rejected,
				fresh, usable);
	}

	private static ServiceUserKey key(String id, @Nullable Instant expirationDate) {
		return new ServiceUserKey("7", id, PrivateKeyHolder.KEY, expirationDate);
	}

	private static final class SwitchedReader {

		private boolean broken;

		private int readings;

		ServiceUserKey read() {
			this.readings++;
			if (this.broken) {
				throw failure();
			}
			return key("1", null);
		}

		String message() {
			return failure().getMessage();
		}

		private static InvalidServiceUserKeyException failure() {
			return new InvalidServiceUserKeyException("'key.json'", null, "nothing in it", "Write it.");
		}

	}

	private static final class PrivateKeyHolder {

		private static final RSAPrivateKey KEY = generate();

		private static RSAPrivateKey generate() {
			try {
				KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
				generator.initialize(2048);
				return (RSAPrivateKey) generator.generateKeyPair().getPrivate();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
