// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.kotlin

import io.github.zitadelserviceuser.fake.FakeServiceUser
import io.github.zitadelserviceuser.grant.UserInfo
import io.github.zitadelserviceuser.user.ServiceUserClient
import io.github.zitadelserviceuser.user.ServiceUserClientBuilder
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.io.File
import kotlin.reflect.typeOf

/**
 * What Kotlin's compiler takes our types for: it checks what it is told, and of what says
 * nothing about null, like a class of the JDK, it checks nothing.
 */
class NullnessTests {

	@Test
	fun typeWhenNothingIsSaidThenIsNotChecked() {
		assertThat(result<File, _> { parent }).isEqualTo("kotlin.String!")
	}

	@Test
	fun typeWhenNullIsNoAnswerThenIsNotNullable() {
		assertThat(result<ServiceUserClient, _> { name() }).isEqualTo("kotlin.String")
		assertThat(result<ServiceUserClient, _> { tokenSource() }).endsWith(".TokenSource")
		assertThat(result<FakeServiceUser, _> { id() }).isEqualTo("kotlin.String")
		assertThat(parameter(ServiceUserClientBuilder::issuerUri)).isEqualTo("kotlin.String")
	}

	@Test
	fun typeWhenNullIsAnAnswerThenIsNullable() {
		assertThat(result<ServiceUserClient, _> { status() }).endsWith(".TokenStatus?")
		assertThat(result<UserInfo, _> { userName() }).isEqualTo("kotlin.String?")
		assertThat(parameter(ServiceUserClientBuilder::baseUrl)).isEqualTo("kotlin.String?")
	}

	@Suppress("UNUSED_PARAMETER")
	private inline fun <S, reified T> result(of: S.() -> T) = typeOf<T>().toString()

	@Suppress("UNUSED_PARAMETER")
	private inline fun <S, reified T, R> parameter(of: (S, T) -> R) = typeOf<T>().toString()

}
