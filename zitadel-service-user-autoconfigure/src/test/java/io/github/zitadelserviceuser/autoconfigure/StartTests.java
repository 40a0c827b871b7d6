// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.restclient.RestClientCustomizer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application that starts pays for, and what its token requests go through.
 */
class StartTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void startThenNothingIsSentAndNoThreadIsStarted() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		Contexts.of(ZITADEL).run((context) -> {
			assertThat(context).hasNotFailed();
			Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
			started.removeAll(before);
			assertThat(started.stream().map(Thread::getName).collect(Collectors.toSet()))
				.noneMatch((name) -> name.startsWith("HttpClient") || name.startsWith("service-user"));
			assertThat(ZITADEL.discovery().requestCount()).isZero();
			assertThat(ZITADEL.tokenEndpoint().requestCount()).isZero();
			assertThat(context.getBean(TokenSource.class).await().value()).isNotEmpty();
			assertThat(ZITADEL.discovery().requestCount()).isEqualTo(1);
			assertThat(ZITADEL.tokenEndpoint().requestCount()).isEqualTo(1);
		});
	}

	@Test
	void startWhenServerIsUnreachableThenStartsAllTheSame() {
		Contexts.of(ZITADEL)
			.withPropertyValues("zitadel.service-user.issuer-uri=https://nowhere.invalid")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(TokenSource.class));
	}

	@Test
	void requestTokenWhenACustomizerAuthorizesEveryClientThenDoesNotAskItself() {
		Contexts.of(ZITADEL)
			.withBean(RestClientCustomizer.class,
					() -> (builder) -> builder.requestInterceptor((request, body, execution) -> {
						throw new IllegalStateException("Must not be asked");
					}))
			.run((context) -> {
				assertThat(context.getBean(TokenSource.class).await().value()).isNotEmpty();
				assertThat(context).hasSingleBean(ServiceUserHttpRequestInterceptor.class);
			});
	}

}
