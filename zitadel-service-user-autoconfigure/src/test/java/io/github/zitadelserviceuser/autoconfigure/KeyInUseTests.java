// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.key.KeyListener;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The key of a running application: replaced, lost, told of.
 */
@ExtendWith(OutputCaptureExtension.class)
class KeyInUseTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.builder().dialect(Dialect.INVALID_GRANT).start();

	@TempDir
	private Path directory;

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void requestWhenFileWasReplacedThenUsesTheNewKeyAndTellsTheListeners() {
		FakeServiceUserKey old = ZITADEL.serviceUser().createKey();
		Path file = old.writeTo(this.directory.resolve("key.json"));
		Contexts.of(ZITADEL)
			.withPropertyValues("zitadel.service-user.key-location=" + file)
			.withBean(Told.class)
			.run((context) -> {
				ServiceUserClient user = context.getBean(ServiceUsers.class).get("default");
				assertThat(ZITADEL.isValid(user.tokenSource().await().value())).isTrue();
				LastGoodKey key = user.key();
				old.delete();
				Files.writeString(file, "{");
				Files.delete(file);
				FakeServiceUserKey next = ZITADEL.serviceUser().createKey();
				key.read();
				next.writeTo(file);
				ZITADEL.revokeAllTokens();
				assertThat(key.read().keyId()).isEqualTo(next.keyId());
				assertThat(context.getBean(Told.class).events).containsExactly("unreadable", "readable " + next.keyId(),
						"replaced by " + next.keyId());
				assertThat(key.get().keyId()).isEqualTo(next.keyId());
			});
	}

	@Test
	void startWhenReaderOfTheApplicationHasNoUsableKeyThenFails() {
		KeyReader empty = () -> {
			throw new InvalidServiceUserKeyException("the vault", null, "it is sealed", "Unseal it.");
		};
		Contexts.unconfigured()
			.withPropertyValues("zitadel.service-user.issuer-uri=" + ZITADEL.issuer())
			.withBean(KeyReader.class, () -> empty)
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseMessage("No usable service user key in the vault: it is sealed. Unseal it."));
		Contexts.of(ZITADEL)
			.run((context) -> assertThat(context.getBean(ServiceUsers.class).get("default").key()).isNotNull());
	}

	@Test
	void startWhenApplicationHasItsOwnGrantThenThereIsNoKey() {
		Contexts.of(ZITADEL).withBean(TokenGrant.class, () -> () -> {
			throw new UnsupportedOperationException();
		}).run((context) -> assertThat(context.getBean(ServiceUsers.class).get("default").key()).isNull());
	}

	@Test
	void startWhenAScopeDoesNothingThenWarnsOnceAndStarts(CapturedOutput output) {
		Contexts.of(ZITADEL)
			.withPropertyValues("zitadel.service-user.scopes=openid,proflie", "zitadel.service-user.project-roles=true")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				context.getBean(TokenSource.class).await();
			});
		assertThat(output).containsOnlyOnce("The scope 'proflie' does nothing")
			.contains("Did you mean 'profile'?")
			.containsOnlyOnce("Roles are asked for, but none will be returned");
	}

	@Test
	void startWhenAllScopesAreKnownThenIsQuiet(CapturedOutput output) throws IOException {
		Contexts.of(ZITADEL)
			.withPropertyValues("zitadel.service-user.api-access=true", "zitadel.service-user.project-ids=4711",
					"zitadel.service-user.project-roles=true")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("scope").doesNotContain("Roles");
	}

	/**
	 * A listener that needs what needs the key.
	 */
	static final class Told implements KeyListener {

		private final List<String> events = new ArrayList<>();

		Told(TokenSource tokens) {
			assertThat(tokens).isNotNull();
		}

		@Override
		public void onReplaced(ServiceUserKey before, ServiceUserKey now) {
			this.events.add("replaced by " + now.keyId());
		}

		@Override
		public void onUnreadable(InvalidServiceUserKeyException failure, ServiceUserKey kept) {
			this.events.add("unreadable");
		}

		@Override
		public void onReadable(ServiceUserKey now) {
			this.events.add("readable " + now.keyId());
		}

	}

}
