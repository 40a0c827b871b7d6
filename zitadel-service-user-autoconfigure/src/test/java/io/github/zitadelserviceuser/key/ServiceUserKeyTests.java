// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.security.interfaces.RSAPrivateKey;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ServiceUserKey}.
 */
class ServiceUserKeyTests {

	private static final RSAPrivateKey PRIVATE_KEY = (RSAPrivateKey) Keys.RSA.getPrivate();

	private static final Instant END = Instant.parse("2030-01-01T00:00:00Z");

	@Test
	void toStringShowsIdsAndDateButNotTheKey() {
		ServiceUserKey key = new ServiceUserKey("123", "456", PRIVATE_KEY, END);
		assertThat(key).hasToString("ServiceUserKey[userId=123, keyId=456, expirationDate=2030-01-01T00:00:00Z]");
	}

	@Test
	void toStringWhenThereIsNoDateSaysSo() {
		assertThat(new ServiceUserKey("123", "456", PRIVATE_KEY, null))
			.hasToString("ServiceUserKey[userId=123, keyId=456, expirationDate=none]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999999999Z" })
	void createWhenDateMeansNeverHasNoDate(String never) {
		ServiceUserKey key = new ServiceUserKey("123", "456", PRIVATE_KEY, Instant.parse(never));
		assertThat(key.expirationDate()).isNull();
		assertThat(key.isExpired(Instant.MAX)).isFalse();
	}

	@Test
	void isExpiredWhenBeforeOrAfterTheDateTellsSo() {
		ServiceUserKey key = new ServiceUserKey("123", "456", PRIVATE_KEY, END);
		assertThat(key.isExpired(END.minusNanos(1))).isFalse();
		assertThat(key.isExpired(END)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "12 3", "123@example.com", "١٢٣" })
	void createWhenUserIdIsNoIdThrows(String userId) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ServiceUserKey(userId, "456", PRIVATE_KEY, null))
			.withMessageStartingWith("'userId' must be");
	}

	@Test
	void createWhenUserIdWasChosenByWhoeverCreatedTheUserHasIt() {
		assertThat(new ServiceUserKey("invoice-mailer", "456", PRIVATE_KEY, null).userId()).isEqualTo("invoice-mailer");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "4 5", "a\nb", "\"" })
	void createWhenKeyIdIsNoIdThrows(String keyId) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ServiceUserKey("123", keyId, PRIVATE_KEY, null))
			.withMessageStartingWith("'keyId' must be");
	}

	@Test
	void createWhenKeyIsTooShortThrows() {
		RSAPrivateKey shortKey = (RSAPrivateKey) Keys.generate("RSA", 1024).getPrivate();
		assertThatIllegalArgumentException().isThrownBy(() -> new ServiceUserKey("123", "456", shortKey, null))
			.withMessage("'privateKey' must have 2048 bits or more");
	}

}
