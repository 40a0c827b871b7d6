// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.zitadelserviceuser.key.CredentialKind;
import io.github.zitadelserviceuser.key.InvalidCredentialException;
import io.github.zitadelserviceuser.key.LastGoodSecret;
import io.github.zitadelserviceuser.key.SecretListener;
import io.github.zitadelserviceuser.key.SecretReader;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A personal access token is what is read, and nobody is asked for it.
 */
class PersonalAccessTokenGrantTests {

	private static final String ONE = "one-".repeat(17) + "abc";

	private static final String TWO = "two_".repeat(17) + "xyz";

	private final List<String> events = new ArrayList<>();

	@TempDir
	private Path directory;

	private Path file;

	private PersonalAccessTokenGrant grant;

	@BeforeEach
	void write() throws IOException {
		this.file = Files.writeString(this.directory.resolve("token"), ONE + "\n");
		this.grant = new PersonalAccessTokenGrant(
				new LastGoodSecret(SecretReader.at(CredentialKind.PERSONAL_ACCESS_TOKEN, Grants.PREFIX,
						this.file.toString(), new DefaultResourceLoader()), new Recorder()));
	}

	@Test
	void requestThenIsTheTokenAndIsLookedAtAgainAnHourLater() {
		TokenResponse response = this.grant.request();
		assertThat(response.accessToken()).isEqualTo(ONE);
		assertThat(response.expiresIn()).isNotNull();
		double refreshAfter = response.expiresIn().toSeconds() * RefreshPolicy.defaults().refreshAt();
		assertThat(Duration.ofSeconds((long) refreshAfter)).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void requestWhenFileIsReplacedBrokenAndRepairedThenTheLastGoodOne() throws IOException {
		this.grant.request();
		Files.writeString(this.file, TWO);
		assertThat(this.grant.request().accessToken()).isEqualTo(TWO);
		Files.writeString(this.file, "{\"token\":1}");
		assertThat(this.grant.request().accessToken()).isEqualTo(TWO);
		Files.delete(this.file);
		assertThat(this.grant.request().accessToken()).isEqualTo(TWO);
		Files.writeString(this.file, ONE);
		assertThat(this.grant.request().accessToken()).isEqualTo(ONE);
		assertThat(this.events).containsExactly("replaced", "unreadable: there is a key, or another JSON or PEM",
				"unreadable: there is no such file", "readable", "replaced");
	}

	@Test
	void replaceWhenItIsTheSameThenSaysWhereItIsAndWhatMayBeAndThenTakesTheNewOne() throws IOException {
		AccessToken rejected = token();
		TokenRequestException failure = catchThrowableOfType(TokenRequestException.class,
				() -> this.grant.replace(rejected));
		assertThat(failure.getReason()).isEqualTo(Reason.REFUSED);
		assertThat(failure).hasMessageContaining("'" + this.file + "'")
			.hasMessageContaining("zitadel.service-user.personal-access-token-location")
			.hasMessageContaining("Users, Service Users, the user, Personal Access Tokens")
			.hasMessageNotContaining(ONE);
		Files.writeString(this.file, TWO);
		assertThat(this.grant.replace(rejected).accessToken()).isEqualTo(TWO);
	}

	@Test
	void replaceWhenTheNewFileCannotBeReadThenSaysThat() throws IOException {
		AccessToken rejected = token();
		Files.writeString(this.file, "");
		assertThat(catchThrowableOfType(TokenRequestException.class, () -> this.grant.replace(rejected)))
			.hasMessageContaining("where what is there now cannot be read (there is nothing in it)");
	}

	@Test
	void requestWhenThereWasNeverOneThenSaysWhy() throws IOException {
		Files.delete(this.file);
		TokenRequestException failure = catchThrowableOfType(TokenRequestException.class, this.grant::request);
		assertThat(failure.getReason()).isEqualTo(Reason.INVALID_KEY);
		assertThat(failure).hasMessageStartingWith("No usable service user personal access token in '" + this.file);
		Files.writeString(this.file, TWO);
		assertThat(this.grant.request().accessToken()).isEqualTo(TWO);
	}

	private AccessToken token() {
		return new AccessToken(this.grant.request().accessToken(), Instant.EPOCH, Instant.MAX);
	}

	/**
	 * Writes down what it is told.
	 */
	private final class Recorder implements SecretListener {

		@Override
		public void onReplaced() {
			PersonalAccessTokenGrantTests.this.events.add("replaced");
		}

		@Override
		public void onUnreadable(InvalidCredentialException failure) {
			PersonalAccessTokenGrantTests.this.events.add("unreadable: " + failure.found());
		}

		@Override
		public void onReadable() {
			PersonalAccessTokenGrantTests.this.events.add("readable");
		}

	}

}
