// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.logging;

import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;

import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeyLogTests {

	private static final InvalidServiceUserKeyException EMPTY = new InvalidServiceUserKeyException("'key.json'", null,
			"nothing in it", "Write it.");

	private static RSAPrivateKey privateKey;

	private final LogClock clock = new LogClock();

	private final CapturedLog lines = new CapturedLog(KeyLog.class);

	private @Nullable ServiceUserKey inUse;

	private final KeyLog log = new KeyLog("the ZITADEL service user", this.clock);

	@BeforeAll
	static void generate() throws Exception {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
		generator.initialize(2048);
		privateKey = (RSAPrivateKey) generator.generateKeyPair().getPrivate();
	}

	@AfterEach
	void restore() {
		this.lines.close();
	}

	@Test
	void replacedThenInfoWithBothIds() {
		this.log.onReplaced(key("1", null), key("2", null));
		assertThat(this.lines.takeAll()).containsExactly("INFO The key of the ZITADEL service user was replaced: it is "
				+ "key 2 of user 7 now, and was key 1 of user 7");
	}

	@Test
	void unreadableThenWarnsOnceUntilItIsReadableAgain() {
		for (int i = 0; i < 2; i++) {
			this.log.onUnreadable(EMPTY, key("1", null));
			assertThat(this.lines.take())
				.containsExactly("WARN The key of the ZITADEL service user was read again and cannot be used, so that "
						+ "key 1 of user 7 stays in use. No usable service user key in 'key.json': nothing in it. "
						+ "Write it.");
			this.log.onUnreadable(EMPTY, key("1", null));
			assertThat(this.lines.takeAll()).singleElement().asString().startsWith("DEBUG ");
			this.log.onReadable(key("1", null));
			assertThat(this.lines.take())
				.containsExactly("INFO The key of the ZITADEL service user can be read again: it is key 1 of user 7");
		}
	}

	@Test
	void checkExpiryWhenKeyNeverExpiresOrIsNotKnownThenSilent() {
		checkExpiry();
		this.inUse = key("1", null);
		this.clock.advance(Duration.ofDays(10_000));
		checkExpiry();
		assertThat(this.lines.takeAll()).isEmpty();
	}

	@Test
	void checkExpiryThenWarnsOncePerThreshold() {
		this.inUse = key("1", LogClock.START.plus(Duration.ofDays(100)));
		checkExpiry();
		advanceAndExpect(Duration.ofDays(70).minusMillis(1), null);
		advanceAndExpect(Duration.ofMillis(1), "in 30 days.");
		advanceAndExpect(Duration.ofDays(22), null);
		advanceAndExpect(Duration.ofDays(2), "in 6 days.");
		advanceAndExpect(Duration.ofDays(4), null);
		advanceAndExpect(Duration.ofDays(1), "in 1 day.");
		advanceAndExpect(Duration.ofHours(23), null);
		advanceAndExpect(Duration.ofHours(1), "has expired at 2026-04-11T00:00:00Z.");
		advanceAndExpect(Duration.ofDays(365), null);
	}

	@Test
	void checkExpiryWhenThresholdsWereSleptThroughThenWarnsOnceOfTheLast() {
		this.inUse = key("1", LogClock.START.plus(Duration.ofHours(5)));
		checkExpiry();
		checkExpiry();
		assertThat(this.lines.takeAll()).containsExactly(
				"WARN The key 1 of user 7 expires at 2026-01-01T05:00:00Z, in 5 hours. Create a new key on "
						+ "the 'Keys' page of the service user in ZITADEL's console and put it in the place of this one: a "
						+ "file is read again without a restart");
	}

	@Test
	void checkExpiryWhenThereIsLessThanAnHourThenSaysSo() {
		this.inUse = key("1", LogClock.START.plus(Duration.ofHours(1)).minusMillis(1));
		checkExpiry();
		assertThat(this.lines.takeAll()).singleElement().asString().contains("Z, in less than an hour. ");
		this.inUse = key("2", LogClock.START.plus(Duration.ofHours(1)));
		checkExpiry();
		assertThat(this.lines.takeAll()).singleElement().asString().contains("Z, in 1 hour. ");
	}

	@Test
	void checkExpiryWhenKeyWasReplacedThenJudgesTheNewOneAnew() {
		ServiceUserKey old = key("1", LogClock.START.plus(Duration.ofDays(3)));
		this.inUse = old;
		checkExpiry();
		assertThat(this.lines.take()).hasSize(1);
		ServiceUserKey replacement = key("2", LogClock.START.plus(Duration.ofDays(20)));
		this.inUse = replacement;
		this.log.onReplaced(old, replacement);
		assertThat(this.lines.take()).hasSize(2).last().asString().contains("key 2").contains("in 20 days");
		checkExpiry();
		assertThat(this.lines.take()).isEmpty();
	}

	@Test
	void tokenEventsThenExpiryIsJudged() {
		AccessToken token = new AccessToken("token", LogClock.START, LogClock.START.plusSeconds(1));
		this.log.begin(key("1", LogClock.START.plus(Duration.ofDays(100))));
		this.clock.advance(Duration.ofDays(80));
		this.log.onObtained(token);
		assertThat(this.lines.take()).hasSize(1);
		this.clock.advance(Duration.ofDays(15));
		this.log.onRefreshed(token);
		assertThat(this.lines.take()).hasSize(1);
		this.clock.advance(Duration.ofDays(15));
		this.log.onFailed(new TokenRequestException(Reason.REFUSED, "refused"));
		assertThat(this.lines.take()).hasSize(1);
	}

	private void checkExpiry() {
		if (this.inUse != null) {
			this.log.begin(this.inUse);
		}
	}

	private void advanceAndExpect(Duration duration, @Nullable String warning) {
		this.clock.advance(duration);
		checkExpiry();
		if (warning == null) {
			assertThat(this.lines.takeAll()).isEmpty();
		}
		else {
			assertThat(this.lines.takeAll()).singleElement()
				.asString()
				.startsWith("WARN The key 1 of user 7 ")
				.contains(warning);
		}
	}

	private static ServiceUserKey key(String id, @Nullable Instant expirationDate) {
		return new ServiceUserKey("7", id, privateKey, expirationDate);
	}

}
