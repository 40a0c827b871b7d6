// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.observability;

import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The search finds what it is to find, wherever it stands.
 */
class SecretSearchTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final FakeServiceUserKey KEY = ZITADEL.serviceUser().key();

	private final SecretSearch search = new SecretSearch().add(KEY);

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void searchWhenSecretIsPlantedThenFoundAtAnyOffset() {
		for (int offset = 0; offset < 25; offset++) {
			String before = "x".repeat(offset);
			assertThat(this.search.in(before + KEY.base64().substring(100, 139))).contains("key file");
			assertThat(this.search.in(before + KEY.json())).contains("key");
			assertThat(this.search.in(before + KEY.pem())).contains("key");
			assertThat(this.search.in(before + KEY.pkcs8Pem())).contains("key");
		}
	}

	@Test
	void searchWhenExceptionHoldsSecretInItsCauseThenFound() {
		Exception failure = new IllegalStateException("no", new IllegalArgumentException(KEY.pem()));
		assertThat(this.search.in(SecretSearch.textOf(failure))).contains("key");
		assertThat(this.search.in(SecretSearch.textOf(new HiddenException(KEY.base64())))).contains("key file");
	}

	@Test
	void searchWhenNothingIsThereThenNothingIsFound() {
		assertThat(this.search.in("the key " + KEY.keyId() + " of " + KEY.userId())).isEmpty();
	}

	/**
	 * Shows nothing but when it is serialized.
	 */
	private static final class HiddenException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final String field;

		private HiddenException(String field) {
			super("no");
			this.field = field;
		}

		@Override
		public String getMessage() {
			return "no" + this.field.length();
		}

	}

}
