// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.grant.JwtBearerGrant;
import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import org.slf4j.LoggerFactory;

/**
 * Assertions that ZITADEL refuses, in both of its dialects.
 */
final class RefusalCases implements TroubleshootingCases {

	@Override
	public void provoke(BiConsumer<String, String> texts) {
		for (Dialect dialect : Dialect.values()) {
			try (FakeZitadel zitadel = FakeZitadel.builder().dialect(dialect).start()) {
				BiConsumer<String, String> named = (name, text) -> texts.accept(name + ", " + dialect, text);
				clock(zitadel, named);
				keys(zitadel, named);
				zitadel.serviceUser().lock();
				named.accept("user locked", TroubledGrant.of(zitadel).failure());
			}
		}
	}

	private static void keys(FakeZitadel zitadel, BiConsumer<String, String> texts) {
		FakeServiceUserKey expired = zitadel.serviceUser().createKey(Instant.now().minusSeconds(60));
		texts.accept("key expired", TroubledGrant.of(zitadel).reader(() -> TroubledGrant.key(expired)).failure());
		FakeServiceUserKey deleted = zitadel.serviceUser().createKey();
		deleted.delete();
		texts.accept("key deleted", TroubledGrant.of(zitadel).reader(() -> TroubledGrant.key(deleted)).failure());
		texts.accept("key not known yet", TroubledGrant.of(zitadel).reader(young(deleted)).failure());
		texts.accept("new key unreadable", TroubledGrant.of(zitadel).reader(unreadableAfter(deleted)).failure());
	}

	private static KeyReader young(FakeServiceUserKey key) {
		return new KeyReader() {

			@Override
			public ServiceUserKey read() {
				return TroubledGrant.key(key);
			}

			@Override
			public Instant writtenAt() {
				return Instant.now();
			}

		};
	}

	private static KeyReader unreadableAfter(FakeServiceUserKey key) {
		ServiceUserKey first = TroubledGrant.key(key);
		AtomicInteger readings = new AtomicInteger();
		return () -> {
			if (readings.getAndIncrement() > 0) {
				throw new InvalidServiceUserKeyException("'/run/key.json'", null, "there is nothing in it",
						"Put the key there.");
			}
			return first;
		};
	}

	private static void clock(FakeZitadel zitadel, BiConsumer<String, String> texts) {
		Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
		texts.accept("clock far off", TroubledGrant.of(zitadel).clock(wrong).failure());
		JwtBearerGrant grant = TroubledGrant.of(zitadel).build();
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		Logger logger = (Logger) LoggerFactory.getLogger(JwtBearerGrant.class.getPackageName());
		log.start();
		logger.addAppender(log);
		try {
			zitadel.clockOffset(Duration.ofMinutes(5));
			grant.request();
			zitadel.clockOffset(Duration.ZERO);
			grant.request();
		}
		finally {
			logger.detachAppender(log);
		}
		texts.accept("clock off", log.list.get(0).getFormattedMessage());
		texts.accept("clock right again", log.list.get(1).getFormattedMessage());
	}

}
