// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Duration;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.autoconfigure.observability.ZitadelServiceUserHealthContributorAutoConfiguration;
import io.github.zitadelserviceuser.autoconfigure.observability.ZitadelServiceUserMetricsAutoConfiguration;
import io.github.zitadelserviceuser.autoconfigure.security.ZitadelServiceUserOAuth2ClientAutoConfiguration;
import io.github.zitadelserviceuser.client.ServiceUserClientHttpRequestFactory;
import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;
import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;
import io.github.zitadelserviceuser.client.grpc.ServiceUserCallCredentials;
import io.github.zitadelserviceuser.client.grpc.ServiceUserClientInterceptor;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.security.ServiceUserAuthorizedClientProvider;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.MissingPropertyException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that has the starter on its class path and is not set up to call out, or
 * is in part.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnconfiguredApplicationTests {

	private final ApplicationContextRunner runner = Contexts.unconfigured()
		.withConfiguration(AutoConfigurations.of(ZitadelServiceUserHealthContributorAutoConfiguration.class,
				ZitadelServiceUserMetricsAutoConfiguration.class, ZitadelServiceUserOAuth2ClientAutoConfiguration.class,
				ZitadelServiceUserGrpcAutoConfiguration.class));

	@SuppressWarnings("unchecked")
	@ParameterizedTest
	@ValueSource(strings = { "unrelated=property", "zitadel.service-user.enabled=true",
			"zitadel.service-users.billing.enabled=false" })
	void startWhenNothingIsSetThenStartsAndNothingIsCreatedWatchedOrLogged(String property, CapturedOutput output) {
		this.runner.withPropertyValues(property).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeanFactory().getSingletonNames()).doesNotContain(
					ZitadelServiceUserAutoConfiguration.TOKEN_SOURCE, "zitadelServiceUser",
					"zitadelAuthorizationServer", "zitadelServiceUserAllowedHosts",
					"serviceUserHttpRequestInterceptor");
			assertThat(context.getBean(CompositeHealthContributor.class)).isEmpty();
			MeterRegistry registry = new SimpleMeterRegistry();
			context.getBean(MeterBinder.class).bindTo(registry);
			assertThat(registry.getMeters()).isEmpty();
			// Whoever collects them finds them, and they do nothing.
			assertThat(context.getBean(ServiceUserAuthorizedClientProvider.class)).isNotNull();
			context.getBean(GrpcChannelBuilderCustomizer.class).customize("greetings", null);
		});
		assertThat(output).doesNotContain("service user");
	}

	static Stream<Class<?>> startWhenSomethingOfOursIsInjectedThenSaysWhatToSet() {
		return Stream.of(TokenSource.class, AllowedHosts.class, WebClient.class, RestClient.class,
				ServiceUserExchangeFilterFunction.class, ServiceUserHttpRequestInterceptor.class,
				ServiceUserClientHttpRequestFactory.class, ServiceUserCallCredentials.class,
				ServiceUserClientInterceptor.class);
	}

	@ParameterizedTest
	@MethodSource
	void startWhenSomethingOfOursIsInjectedThenSaysWhatToSet(Class<?> type) {
		this.runner
			.withInitializer((context) -> ((GenericApplicationContext) context).registerBean("caller", Object.class,
					() -> context.getBean(type)))
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(MissingPropertyException.class)
				.rootCause()
				.hasMessageContaining("'zitadel.service-user.issuer-uri' is not set"));
	}

	@Test
	void startWhenAClientIsInjectedByItsQualifierThenSaysWhatToSet() {
		this.runner.withUserConfiguration(Injected.class)
			.run((context) -> assertThat(context).getFailure().hasRootCauseInstanceOf(MissingPropertyException.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "issuer-uri=https://zitadel.example", "issuer-uri=", "base-url=https://zitadel.internal",
			"key-location=/no/key.json", "private-key-location=/no/key.pem", "user-id=4711", "key-id=4712",
			"allowed-hosts=api.example.com", "api-access=true", "scopes=openid", "verify-on-startup=true",
			"keep-warm=true", "http-service-groups=greetings", "grpc-channels=greetings", "token-timeout=1s" })
	void startWhenOnlyOneIsSetThenSaysWhichIsMissing(String property) {
		this.runner.withPropertyValues("zitadel.service-user." + property)
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(MissingPropertyException.class)
				.rootCause()
				.hasMessageContaining(property.startsWith("issuer-uri=h") ? "key-location" : "issuer-uri"));
	}

	@Test
	void startWhenConnectionDetailsStandInForThePropertiesThenTokenSourceIsCreated() {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			this.runner
				.withBean(ZitadelServiceUserConnectionDetails.class,
						() -> new ConnectionDetailsTests.Connection(zitadel))
				.run((context) -> {
					assertThat(context).hasNotFailed();
					assertThat(context.getBeanFactory().getSingletonNames())
						.contains(ZitadelServiceUserAutoConfiguration.TOKEN_SOURCE, "zitadelServiceUser");
					assertThat(context.getBean(CompositeHealthContributor.class)).hasSize(1);
				});
		}
	}

	@Test
	void startWhenGrantIsTheApplicationsOwnThenSaysWhichPropertyIsMissing() {
		this.runner.withBean(TokenGrant.class, () -> () -> new TokenResponse("own", Duration.ofHours(1)))
			.run((context) -> assertThat(context).getFailure().hasRootCauseInstanceOf(MissingPropertyException.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class Injected {

		@Bean
		String caller(@ServiceUser RestClient client) {
			return client.toString();
		}

	}

}
