// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one test leaves to the next.
 */
@Timeout(60)
class FakeZitadelResetTests {

	@Test
	void resetWhenRequestIsHeldThenItNeitherIsRecordedNorTakesAnAnswer() throws Exception {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			TestClient client = new TestClient(zitadel);
			zitadel.tokenEndpoint().hold();
			CompletableFuture<HttpResponse<String>> held = client.requestTokenLater();
			zitadel.tokenEndpoint().awaitWaiting(1);
			zitadel.reset();
			zitadel.tokenEndpoint().answerNext(1, FakeAnswer.badGateway());
			assertThat(held).failsWithin(Duration.ofSeconds(30));
			assertThat(zitadel.tokenRequests()).isEmpty();
			assertThat(zitadel.issuedTokens()).isEmpty();
			assertThat(client.requestToken().statusCode()).isEqualTo(502);
			assertThat(client.requestToken().statusCode()).isEqualTo(200);
			assertThat(zitadel.tokenRequests()).hasSize(2);
		}
	}

	@Test
	void resetWhenRequestIsBeingCheckedThenItIsNotRecorded() throws Exception {
		CountDownLatch checking = new CountDownLatch(1);
		Phaser goOn = new Phaser(1);
		InstantSource time = () -> {
			if (Thread.currentThread().getName().startsWith("fake-zitadel-")) {
				checking.countDown();
				goOn.awaitAdvance(0);
			}
			return Instant.now();
		};
		Clock clock = time.withZone(ZoneOffset.UTC);
		try (FakeZitadel zitadel = FakeZitadel.builder().clock(clock).start()) {
			TestClient client = new TestClient(zitadel);
			CompletableFuture<HttpResponse<String>> checked = client.requestTokenLater();
			checking.await();
			Thread reset = new Thread(zitadel::reset);
			reset.start();
			while (reset.getState() != Thread.State.WAITING && reset.getState() != Thread.State.TERMINATED) {
				Thread.onSpinWait();
			}
			goOn.arriveAndDeregister();
			reset.join();
			assertThat(checked.join().statusCode()).isEqualTo(200);
			assertThat(zitadel.tokenRequests()).isEmpty();
			assertThat(zitadel.issuedTokens()).isEmpty();
			assertThat(client.requestToken().statusCode()).isEqualTo(200);
			assertThat(zitadel.tokenRequests()).hasSize(1);
		}
	}

	@Test
	void resetWhenACustomizerIsUnderWayThenDoesNotWaitForIt() {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			TestClient client = new TestClient(zitadel);
			zitadel.customizeTokenResponse((body) -> zitadel.reset());
			assertThat(client.requestToken().statusCode()).isEqualTo(200);
			assertThat(zitadel.tokenRequests()).isEmpty();
		}
	}

	@Test
	void resetWhenUserOrKeyIsGoneThenBothAreBack() {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			TestClient client = new TestClient(zitadel);
			FakeServiceUser user = zitadel.serviceUser();
			FakeServiceUserKey key = user.rotateKey();
			assertReset(zitadel, client, key::delete);
			assertReset(zitadel, client, key::expire);
			assertReset(zitadel, client, user::remove);
			assertThat(user.key()).isEqualTo(key);
		}
	}

	@Test
	void resetWhenKeyFileIsBrokenThenItIsWhole() throws Exception {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			FakeServiceUser user = zitadel.serviceUser();
			Files.writeString(user.keyFile(), "{");
			zitadel.reset();
			assertThat(user.keyFile()).hasContent(user.key().json());
			Files.delete(user.keyFile());
			zitadel.reset();
			assertThat(user.keyFile()).hasContent(user.key().json());
		}
	}

	@Test
	void resetWhenAUserIsAskedForByNameThenThatOneIsPutBackToo() {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			FakeServiceUser billing = zitadel.serviceUser("billing");
			FakeServiceUser other = zitadel.createServiceUser("other");
			assertThat(zitadel.serviceUser("billing")).isSameAs(billing);
			assertThat(zitadel.serviceUser("service-user")).isSameAs(zitadel.serviceUser());
			String keyId = billing.key().keyId();
			billing.remove();
			other.lock();
			zitadel.reset();
			assertThat(billing.isActive()).isTrue();
			assertThat(billing.verificationKey(keyId)).isNotNull();
			assertThat(other.isActive()).isFalse();
		}
	}

	private static void assertReset(FakeZitadel zitadel, TestClient client, Runnable harm) {
		harm.run();
		assertThat(client.requestToken().statusCode()).isNotEqualTo(200);
		zitadel.reset();
		assertThat(client.requestToken().statusCode()).isEqualTo(200);
	}

}
