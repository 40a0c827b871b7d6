// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.autoconfigure.security.ZitadelServiceUserOAuth2ClientAutoConfiguration;
import io.github.zitadelserviceuser.fake.FakeZitadel;

import org.springframework.beans.factory.config.BeanDefinitionCustomizer;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

/**
 * Contexts of an application that has the auto-configuration and Boot's own for clients.
 */
public final class Contexts {

	private Contexts() {
	}

	public static ApplicationContextRunner unconfigured() {
		return withBoots(RestClientAutoConfiguration.class, WebClientAutoConfiguration.class);
	}

	/**
	 * With some of Boot's own, for those who do not have all of its modules.
	 */
	public static ApplicationContextRunner withBoots(Class<?>... clients) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(HttpClientAutoConfiguration.class,
					ImperativeHttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
					ZitadelServiceUserAutoConfiguration.class, ZitadelServiceUserVerificationAutoConfiguration.class,
					ZitadelServiceUserOAuth2ClientAutoConfiguration.class,
					ZitadelServiceUserRestClientAutoConfiguration.class,
					ZitadelServiceUserWebClientAutoConfiguration.class))
			.withConfiguration(AutoConfigurations.of(clients))
			// As in an application; the test class path has other clients too.
			.withPropertyValues("spring.http.clients.imperative.factory=jdk",
					"spring.http.clients.reactive.connector=jdk");
	}

	public static String[] properties(FakeZitadel zitadel) {
		return new String[] { "zitadel.service-user.issuer-uri=" + zitadel.issuer(),
				"zitadel.service-user.key-location=" + zitadel.serviceUser().key().keyFile() };
	}

	public static ApplicationContextRunner of(FakeZitadel zitadel) {
		return unconfigured().withPropertyValues(properties(zitadel));
	}

	/**
	 * Says that a bean is meant for the service user without a name.
	 */
	public static BeanDefinitionCustomizer qualified() {
		return (definition) -> ((AbstractBeanDefinition) definition)
			.addQualifier(new AutowireCandidateQualifier(ServiceUser.class));
	}

}
