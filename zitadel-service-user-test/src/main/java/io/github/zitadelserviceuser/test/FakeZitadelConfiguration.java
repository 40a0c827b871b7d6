// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.fake.FakeZitadel;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.Assert;

/**
 * Runs an application against a {@link FakeZitadel} while it is developed.
 *
 * <pre class="code">
 * SpringApplication.from(MyApplication::main).with(FakeZitadelConfiguration.class).run(args);
 * </pre>
 *
 * The fake is a bean, closed with the context. It takes the place of the properties
 * {@code issuer-uri} and {@code key-location} of all service users, whatever the
 * application has there. A test uses {@link EnableFakeZitadel @EnableFakeZitadel}
 * instead.
 *
 * @since 0.1.0
 */
@Configuration(proxyBeanMethods = false)
@Import(FakeZitadelConfiguration.Registrar.class)
public final class FakeZitadelConfiguration {

	// As early as this, so that conditions and placeholders find the properties.
	static final class Registrar implements ImportBeanDefinitionRegistrar {

		private final BeanFactory beanFactory;

		private final Environment environment;

		Registrar(BeanFactory beanFactory, Environment environment) {
			this.beanFactory = beanFactory;
			this.environment = environment;
		}

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			Assert.state(this.environment instanceof ConfigurableEnvironment,
					"FakeZitadelConfiguration needs an environment that properties can be added to");
			FakeZitadelBeans.register(registry, this.beanFactory, (ConfigurableEnvironment) this.environment,
					Dialect.SERVER_ERROR);
		}

	}

}
