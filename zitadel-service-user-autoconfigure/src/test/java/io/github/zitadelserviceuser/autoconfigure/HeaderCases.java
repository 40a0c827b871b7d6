// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.TokenRequestClientCustomizer;

import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * What goes wrong with headers for what stands before ZITADEL, and with the client of the
 * token requests.
 */
final class HeaderCases implements TroubleshootingCases {

	private static final ServiceUserHttpRequestInterceptor INTERCEPTOR = new ServiceUserHttpRequestInterceptor(
			mock(TokenSource.class), new AllowedHosts("zitadel.service-user", List.of(), List.of(), true), null);

	@Override
	public void provoke(BiConsumer<String, String> texts) {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			ApplicationContextRunner runner = Contexts.of(zitadel);
			texts.accept("header of the token", header(runner, "headers.Authorization=x"));
			texts.accept("header of the host", header(runner, "headers.Host=x"));
			texts.accept("header of the instance", header(runner, "headers.x-zitadel-instance-host=x"));
			texts.accept("header of the connection", header(runner, "headers.Connection=x"));
			texts.accept("header of the content", header(runner, "headers.Content-Type=x"));
			texts.accept("header of browsers", header(runner, "headers.Origin=x"));
			texts.accept("header of gRPC", header(runner, "headers.x-bin=x"));
			texts.accept("header without a name", header(runner, "headers[x/y]=x"));
			texts.accept("header with a line break", header(runner, "headers.x=a\u0001b"));
			texts.accept("headers as one value", fail(runner.withPropertyValues("zitadel.service-user.headers=x: y"),
					new HeaderBindingFailureAnalyzer()));
			texts.accept("token requests by an interceptor",
					fail(runner.withBean(TokenRequestClientCustomizer.class,
							() -> (builder) -> builder.requestInterceptor(INTERCEPTOR)),
							new AuthorizedTokenRequestFailureAnalyzer()));
			texts.accept("token requests by a bean",
					fail(runner.withUserConfiguration(TokenRequestCustomizerTests.NeedsTheInterceptor.class),
							new AuthorizedTokenRequestFailureAnalyzer()));
		}
	}

	private static String header(ApplicationContextRunner runner, String property) {
		return fail(runner.withPropertyValues("zitadel.service-user." + property), new InvalidHeaderFailureAnalyzer());
	}

	private static String fail(ApplicationContextRunner runner, FailureAnalyzer analyzer) {
		String[] text = { "" };
		runner.run((context) -> {
			assertThat(context).hasFailed();
			text[0] = Objects.requireNonNull(analyzer.analyze(context.getStartupFailure())).getDescription();
		});
		return text[0];
	}

}
