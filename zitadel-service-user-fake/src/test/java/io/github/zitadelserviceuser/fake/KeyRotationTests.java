// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The key file of a user and what rotation makes of it.
 */
class KeyRotationTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final FakeServiceUser user = this.zitadel.serviceUser();

	private final TestClient client = new TestClient(this.zitadel);

	@AfterEach
	void close() {
		this.zitadel.close();
	}

	@Test
	void keyFileWhenAskedForAgainThenIsTheSame() throws IOException {
		Path file = this.user.keyFile();
		assertThat(this.user.keyFile()).isEqualTo(file);
		assertThat(Files.readString(file)).isEqualTo(this.user.key().json());
	}

	@Test
	void rotateKeyWhenKeyFileWasHandedOutThenItHoldsTheNewKey() throws IOException {
		Path file = this.user.keyFile();
		FakeServiceUserKey oldKey = this.user.key();
		FakeServiceUserKey newKey = this.user.rotateKey();
		assertThat(newKey.keyId()).isNotEqualTo(oldKey.keyId());
		assertThat(this.user.key()).isSameAs(newKey);
		assertThat(this.user.keyFile()).isEqualTo(file);
		assertThat(Files.readString(file)).isEqualTo(newKey.json());
		assertThat(file.getParent()).isDirectoryNotContaining((other) -> !other.equals(file));
	}

	@Test
	void rotateKeyWhenOldKeyIsUsedThenRefusedAndTheNewOneIsNot() {
		FakeServiceUserKey oldKey = this.user.key();
		String token = this.client.token("openid");
		FakeServiceUserKey newKey = this.user.rotateKey();
		assertThat(this.client.requestToken(this.client.assertion(oldKey)).statusCode()).isEqualTo(500);
		assertThat(this.zitadel.tokenRequests().get(1).outcome()).isEqualTo(TokenOutcome.KEY_NOT_FOUND);
		assertThat(this.client.requestToken(this.client.assertion(newKey)).statusCode()).isEqualTo(200);
		assertThat(this.zitadel.isValid(token)).isTrue();
	}

	@Test
	void closeWhenKeyWasRotatedThenLeavesNoFile() {
		Path file = this.user.keyFile();
		this.user.rotateKey();
		this.zitadel.close();
		assertThat(file.getParent()).doesNotExist();
	}

}
