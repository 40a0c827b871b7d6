// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.kotlin

import io.github.zitadelserviceuser.ServiceUser
import io.github.zitadelserviceuser.token.TokenSource
import io.github.zitadelserviceuser.user.ServiceUsers
import kotlinx.coroutines.future.await
import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.stereotype.Component
import org.springframework.web.client.RestClient
import org.springframework.web.client.requiredBody
import org.springframework.web.reactive.function.client.WebClient
import org.springframework.web.reactive.function.client.awaitBody
import java.time.Instant

@SpringBootApplication(proxyBeanMethods = false)
class KotlinApplication

data class UserInfo(val sub: String, val name: String?)

@Component
class WhoAmI(
	@param:ServiceUser private val restClient: RestClient,
	@param:ServiceUser private val webClient: WebClient,
	@param:ServiceUser private val tokenSource: TokenSource,
	private val serviceUsers: ServiceUsers,
) {

	fun ask(): UserInfo = restClient.get().uri("/oidc/v1/userinfo").retrieve().requiredBody()

	suspend fun askSuspending(): UserInfo = webClient.get().uri("/oidc/v1/userinfo").retrieve().awaitBody()

	/** The future's await() suspends; that of the token source would block the thread. */
	suspend fun token(): String = tokenSource.get().await().value

	fun tokenExpiresAt(): Instant? = serviceUsers["default"].status()?.held()?.expiresAt()

}
