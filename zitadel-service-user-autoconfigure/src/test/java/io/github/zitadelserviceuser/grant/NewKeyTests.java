// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key that ZITADEL does not know yet: refused like one that is known no more, and told
 * apart by its age and by whether it was ever accepted.
 */
class NewKeyTests {

	private static final String MADE_A_MOMENT_AGO = "most likely because the key %s was made a moment ago and is not "
			+ "known yet: it has been in its place for %d s.";

	private final TestClock clock = new TestClock(Instant.now());

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void requestWhenFileIsYoungThenIsNotKnownYetAndThenIs(Dialect dialect) throws IOException {
		try (FakeZitadel zitadel = FakeZitadel.builder().dialect(dialect).clock(this.clock).start();
				FakeZitadel later = FakeZitadel.start()) {
			FakeServiceUserKey key = later.serviceUser().key();
			Path file = write(key, 59);
			TokenRequestException failure = Grants.failureOf(grant(zitadel, reader(file)));
			assertThat(failure.getReason()).isEqualTo(Reason.KEY_NOT_KNOWN_YET);
			assertThat(failure).hasMessageContaining(MADE_A_MOMENT_AGO.formatted(key.keyId(), 59))
				.hasMessageContaining("; if it goes on, the key " + key.keyId() + " was deleted");
			Grants.assertToken(later, Grants.of(later, reader(file)));
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenFileIsOldThenWasDeleted(Dialect dialect) throws IOException {
		try (FakeZitadel zitadel = FakeZitadel.builder().dialect(dialect).clock(this.clock).start()) {
			FakeServiceUserKey key = zitadel.serviceUser().createKey();
			Path file = write(key, 60);
			key.delete();
			assertDeleted(Grants.failureOf(grant(zitadel, reader(file))), dialect, key);
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenYoungKeyWasAcceptedBeforeThenWasDeleted(Dialect dialect) throws IOException {
		try (FakeZitadel zitadel = FakeZitadel.builder().dialect(dialect).clock(this.clock).start()) {
			FakeServiceUserKey key = zitadel.serviceUser().createKey();
			JwtBearerGrant grant = grant(zitadel, reader(write(key, 1)));
			Grants.assertToken(zitadel, grant);
			key.delete();
			assertDeleted(Grants.failureOf(grant), dialect, key);
		}
	}

	@Test
	void requestWhenYoungKeyTakesThePlaceOfAnAcceptedOneThenIsNotKnownYet() throws IOException {
		try (FakeZitadel zitadel = FakeZitadel.builder().clock(this.clock).start();
				FakeZitadel other = FakeZitadel.start()) {
			JwtBearerGrant grant = grant(zitadel, reader(write(zitadel.serviceUser().key(), 600)));
			Grants.assertToken(zitadel, grant);
			write(other.serviceUser().createKey(), 0);
			assertThat(Grants.failureOf(grant).getReason()).isEqualTo(Reason.KEY_NOT_KNOWN_YET);
			write(zitadel.serviceUser().createKey(), 0);
			Grants.assertToken(zitadel, grant);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { -30, 30 })
	void requestWhenFileSystemHasAnotherClockThenIsYoungAllTheSame(long age) throws IOException {
		try (FakeZitadel zitadel = FakeZitadel.builder().clock(this.clock).start()) {
			FakeServiceUserKey key = zitadel.serviceUser().createKey();
			Path file = write(key, age);
			key.delete();
			assertThat(Grants.failureOf(grant(zitadel, reader(file))))
				.hasMessageContaining(MADE_A_MOMENT_AGO.formatted(key.keyId(), 30));
		}
	}

	@Test
	void requestWhenYoungKeyHasExpiredThenSaysThat() throws IOException {
		try (FakeZitadel zitadel = FakeZitadel.builder().clock(this.clock).start()) {
			FakeServiceUserKey key = zitadel.serviceUser().createKey(this.clock.instant().minusSeconds(1));
			TokenRequestException failure = Grants.failureOf(grant(zitadel, reader(write(key, 1))));
			assertThat(failure.getReason()).isEqualTo(Reason.SERVER_ERROR);
			assertThat(failure).hasMessageContaining(" has expired: its file says ");
		}
	}

	@Test
	void requestWhenDateOfKeyIsNotKnownThenMayHaveExpiredToo() {
		try (FakeZitadel zitadel = FakeZitadel.builder().clock(this.clock).start()) {
			FakeServiceUserKey key = zitadel.serviceUser().createKey();
			ServiceUserKey ofOnesOwn = new ServiceUserKey(key.userId(), key.keyId(), Grants.key(key).privateKey(),
					null);
			JwtBearerGrant grant = grant(zitadel, () -> ofOnesOwn);
			Grants.assertToken(zitadel, grant);
			key.expire();
			assertThat(Grants.failureOf(grant)).hasMessageContaining(
					"most likely because the key " + key.keyId() + " was deleted or has expired, the user ");
		}
	}

	@Test
	void writtenAtWhenReaderFailsThenIsNotKnown() {
		KeyReader reader = new KeyReader() {

			@Override
			public ServiceUserKey read() {
				throw new IllegalStateException("Not to be read");
			}

			@Override
			public @Nullable Instant writtenAt() {
				throw new IllegalStateException("Computer says no");
			}

		};
		assertThat(Grants.lastGood(reader).writtenAt()).isNull();
	}

	private void assertDeleted(TokenRequestException failure, Dialect dialect, FakeServiceUserKey key) {
		assertThat(failure.getReason())
			.isEqualTo((dialect == Dialect.SERVER_ERROR) ? Reason.SERVER_ERROR : Reason.REFUSED);
		assertThat(failure).hasMessageContaining("most likely because the key " + key.keyId() + " was deleted");
	}

	private Path write(FakeServiceUserKey key, long age) throws IOException {
		Path file = key.writeTo(this.directory.resolve("key.json"));
		Files.setLastModifiedTime(file, FileTime.from(this.clock.instant().minus(Duration.ofSeconds(age))));
		return file;
	}

	private static KeyReader reader(Path file) {
		return KeyReader.json(Grants.PREFIX, file.toString(), new DefaultResourceLoader());
	}

	private JwtBearerGrant grant(FakeZitadel zitadel, KeyReader reader) {
		return Grants.of(AuthorizationServer.of(Grants.PREFIX, zitadel.issuer(), null, true), reader,
				HttpClientKind.JDK.restClient(), this.clock);
	}

}
