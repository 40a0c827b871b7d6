// SPDX-License-Identifier: Apache-2.0

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
			zitadel.userInfo().answerAlways(FakeAnswer.text(403, "Forbidden"));
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
