/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Set;
import java.util.function.BiConsumer;

import io.github.zitadelserviceuser.autoconfigure.HttpServices.InheritingApi;
import io.github.zitadelserviceuser.autoconfigure.HttpServices.OtherApi;
import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.github.zitadelserviceuser.token.TokenSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.service.registry.HttpServiceGroup;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that stop while they start, for what they call or how, and not for their
 * properties alone.
 */
final class StartFailureCases implements TroubleshootingCases {

	@Override
	public void provoke(BiConsumer<String, String> texts) {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			ApplicationContextRunner verified = Contexts.of(zitadel)
				.withPropertyValues("zitadel.service-user.verify-on-startup=true");
			zitadel.userInfo().answerAlways(FakeAnswer.oauthError(401, "access_denied", "denied"));
			texts.accept("no userinfo", description(verified, new ServiceUserVerificationFailureAnalyzer()));
			zitadel.serviceUser().lock();
			texts.accept("not verified", description(verified, new ServiceUserVerificationFailureAnalyzer()));
			texts.accept("call at start",
					description(
							Contexts.of(zitadel)
								.withInitializer((context) -> context
									.addApplicationListener((event) -> context.getBean(TokenSource.class).await())),
							new TokenRequestFailureAnalyzer()));
		}
		texts.accept("user or not", TroubleshootingCases.messageOf(() -> ServiceUserMethods.of(new Group())));
		texts.accept("no such group", LogCases.warning(ServiceUserHttpServices.class, StartFailureCases::wrongGroup));
	}

	private static String description(ApplicationContextRunner runner, FailureAnalyzer analyzer) {
		String[] text = { "" };
		runner.run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = analyzer.analyze(context.getStartupFailure());
			assertThat(analysis).as(String.valueOf(context.getStartupFailure())).isNotNull();
			text[0] = analysis.getDescription();
		});
		return text[0];
	}

	private static void wrongGroup() {
		try (OpenServer server = new OpenServer()) {
			HttpServices.BY_REST_CLIENT.of(Contexts.unconfigured(), server)
				.withPropertyValues("zitadel.service-user.issuer-uri=https://zitadel.example",
						"zitadel.service-user.http-service-groups=orders")
				.withBean(TokenSource.class,
						() -> RefreshingTokenSource.builder(() -> new TokenResponse("own", null)).build())
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

	private record Group() implements HttpServiceGroup {

		@Override
		public String name() {
			return "api";
		}

		@Override
		public Set<Class<?>> httpServiceTypes() {
			return Set.of(InheritingApi.class, OtherApi.class);
		}

		@Override
		public ClientType clientType() {
			return ClientType.REST_CLIENT;
		}

	}

}
