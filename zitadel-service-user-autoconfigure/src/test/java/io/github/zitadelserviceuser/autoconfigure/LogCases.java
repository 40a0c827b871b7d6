// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.net.URI;
import java.security.interfaces.RSAPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BiConsumer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.zitadelserviceuser.client.CallHints;
import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.logging.KeyLog;
import io.github.zitadelserviceuser.logging.TokenLog;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a running application warns about in its log.
 */
public final class LogCases implements TroubleshootingCases {

	private static final String USER = "the ZITADEL service user";

	private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

	private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

	@Override
	public void provoke(BiConsumer<String, String> texts) {
		texts.accept("not refreshed", ofToken(held(true)));
		texts.accept("none is held", ofToken(null));
		texts.accept("none is held any more", ofToken(held(false)));
		texts.accept("lifetime is not known",
				warning(TokenLog.class, () -> new TokenLog(USER, () -> new TokenStatus(null, false, null), CLOCK)
					.onLifetimeUnknown(new AccessToken("token", NOW, NOW.plusSeconds(60)))));
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			FakeServiceUserKey key = zitadel.serviceUser().key();
			texts.accept("key cannot be read again",
					warning(KeyLog.class, () -> new KeyLog(USER, CLOCK).onUnreadable(
							new InvalidServiceUserKeyException("'key.json'", null, "nothing in it", "Write it."),
							expiring(key, NOW))));
			texts.accept("key expires", ofKey(expiring(key, NOW.plus(Duration.ofDays(3)))));
			texts.accept("key has expired", ofKey(expiring(key, NOW)));
		}
		texts.accept("401 of ZITADEL", unauthorized("https://zitadel.example/auth/v1/users/me"));
		texts.accept("401 of another", unauthorized("https://api.example/orders"));
		texts.accept("no membership", atZitadel(CallHints::notAMember));
		texts.accept("no permission", atZitadel(CallHints::forbidden));
	}

	private static String ofToken(TokenStatus.@Nullable Held held) {
		TokenRequestException cause = new TokenRequestException(Reason.UNAVAILABLE, "It cannot answer now");
		TokenStatus status = new TokenStatus(held, false, new TokenStatus.Failure(cause, 1, NOW, NOW));
		return warning(TokenLog.class, () -> new TokenLog(USER, () -> status, CLOCK).onFailed(cause));
	}

	private static TokenStatus.Held held(boolean usable) {
		return new TokenStatus.Held(NOW, NOW, NOW, NOW, false, false, usable);
	}

	private static String ofKey(ServiceUserKey key) {
		return warning(KeyLog.class, () -> new KeyLog(USER, CLOCK).begin(key));
	}

	private static ServiceUserKey expiring(FakeServiceUserKey key, Instant expirationDate) {
		return new ServiceUserKey(key.userId(), key.keyId(), (RSAPrivateKey) key.privateKey(), expirationDate);
	}

	private static String unauthorized(String uri) {
		CallHints hints = new CallHints(ZitadelServiceUserProperties.PREFIX,
				List.of(URI.create("https://zitadel.example")), List.of("openid"));
		return warning(CallHints.class, () -> {
			hints.unauthorized(URI.create(uri), new AccessToken("one", NOW, NOW.plusSeconds(60)));
			hints.unauthorized(URI.create(uri), new AccessToken("another", NOW, NOW.plusSeconds(60)));
		});
	}

	private static String atZitadel(BiConsumer<CallHints, URI> answer) {
		CallHints hints = new CallHints(ZitadelServiceUserProperties.PREFIX,
				List.of(URI.create("https://zitadel.example")), List.of());
		return warning(CallHints.class,
				() -> answer.accept(hints, URI.create("https://zitadel.example/management/v1/orgs/me")));
	}

	/**
	 * Return the one warning that a class logs.
	 */
	public static String warning(Class<?> type, Runnable cause) {
		Logger logger = (Logger) LoggerFactory.getLogger(type);
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		lines.start();
		logger.addAppender(lines);
		try {
			cause.run();
		}
		finally {
			logger.detachAppender(lines);
		}
		List<String> warnings = lines.list.stream()
			.filter((line) -> line.getLevel() == Level.WARN)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
		assertThat(warnings).hasSize(1);
		return warnings.get(0);
	}

}
