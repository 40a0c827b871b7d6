// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.kotlin

import io.github.zitadelserviceuser.fake.FakeZitadel
import io.github.zitadelserviceuser.test.EnableFakeZitadel
import io.github.zitadelserviceuser.token.TokenRequestException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest
import java.time.Duration

@SpringBootTest
@EnableFakeZitadel
class KotlinApplicationTests(@param:Autowired private val whoAmI: WhoAmI, @param:Autowired private val zitadel: FakeZitadel) {

	@Test
	fun askWhenBlockingThenIsTheServiceUser() {
		assertThat(whoAmI.tokenExpiresAt()).isNull()
		assertThat(whoAmI.ask().sub).isEqualTo(zitadel.serviceUser().id())
		assertThat(whoAmI.tokenExpiresAt()).isNotNull()
	}

	@Test
	fun askWhenManyCoroutinesDoThenShareOneTokenRequest() = runBlocking<Unit>(Dispatchers.Default) {
		val answers = List(100) { async { whoAmI.askSuspending() } }.awaitAll()
		assertThat(answers).extracting<String> { it.sub }.containsOnly(zitadel.serviceUser().id())
		assertThat(zitadel.tokenRequests()).hasSize(1)
	}

	@Test
	fun askWhenTokenIsRevokedThenGetsAnother() = runBlocking<Unit> {
		val revoked = whoAmI.token()
		zitadel.revokeAllTokens()
		assertThat(whoAmI.askSuspending().sub).isEqualTo(zitadel.serviceUser().id())
		assertThat(whoAmI.token()).isNotEqualTo(revoked)
	}

	@Test
	fun tokenWhenRefusedThenThrowsTheReasonAndRecovers() {
		zitadel.serviceUser().lock()
		assertThatExceptionOfType(TokenRequestException::class.java)
			.isThrownBy { runBlocking { whoAmI.token() } }
			.withMessageContaining("Errors.User.NotActive")
		zitadel.serviceUser().reactivate()
		await().atMost(Duration.ofSeconds(30))
			.ignoreExceptionsInstanceOf(TokenRequestException::class.java)
			.untilAsserted { assertThat(runBlocking { whoAmI.token() }).isNotEmpty() }
	}

}
