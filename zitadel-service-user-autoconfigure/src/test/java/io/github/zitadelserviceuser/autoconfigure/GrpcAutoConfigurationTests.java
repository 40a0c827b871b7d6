// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.grpc.ServiceUserCallCredentials;
import io.github.zitadelserviceuser.client.grpc.ServiceUserClientInterceptor;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which beans there are for gRPC, with which libraries.
 */
class GrpcAutoConfigurationTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void contextWhenSpringGrpcIsThereThenItsChannelsAreCustomized() {
		context().run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(ServiceUserCallCredentials.class)
			.hasSingleBean(ServiceUserClientInterceptor.class)
			.hasSingleBean(GrpcChannelBuilderCustomizer.class));
	}

	@Test
	void contextWhenThereIsGrpcAloneThenBeansToBeUsedAreThere() {
		context().withClassLoader(new FilteredClassLoader("org.springframework.grpc"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ServiceUserCallCredentials.class)
				.hasSingleBean(ServiceUserClientInterceptor.class)
				.doesNotHaveBean("serviceUserGrpcChannelBuilderCustomizer"));
	}

	@Test
	void contextWhenThereIsNoGrpcThenAllElseIsThere() {
		context().withClassLoader(new FilteredClassLoader("io.grpc", "org.springframework.grpc"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(TokenSource.class)
				.doesNotHaveBean("serviceUserCallCredentials")
				.doesNotHaveBean("serviceUserClientInterceptor"));
	}

	@Test
	void contextWhenSwitchedOffThenThereIsNothing() {
		context().withPropertyValues("zitadel.service-user.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ServiceUserCallCredentials.class)
				.doesNotHaveBean(GrpcChannelBuilderCustomizer.class));
	}

	@Test
	void contextWhenApplicationHasItsOwnThenOursBackOff() {
		context().withUserConfiguration(OwnCredentials.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean(ServiceUserCallCredentials.class)
				.isSameAs(context.getBean("serviceUserCallCredentials")));
	}

	private static ApplicationContextRunner context() {
		return Contexts.of(ZITADEL)
			.withConfiguration(AutoConfigurations.of(ZitadelServiceUserGrpcAutoConfiguration.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCredentials {

		@Bean(defaultCandidate = false)
		@ServiceUser
		ServiceUserCallCredentials serviceUserCallCredentials(TokenSource tokenSource, AllowedHosts allowedHosts) {
			return new ServiceUserCallCredentials(tokenSource, allowedHosts, null);
		}

	}

}
