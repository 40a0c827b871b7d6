// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import java.net.URI;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.ImportHttpServices;

/**
 * All ways in one application. Its API is at {@code greeting.url}, and so are the HTTP
 * service groups {@code greetings}, {@code plain-greetings} and
 * {@code reactive-greetings}.
 */
@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "greetings", types = GreetingApi.class)
@ImportHttpServices(group = "reactive-greetings", types = ReactiveGreetingApi.class,
		clientType = HttpServiceGroup.ClientType.WEB_CLIENT)
@ImportHttpServices(group = "plain-greetings", types = PlainGreetingApi.class)
@ComponentScan(basePackageClasses = Ways.class)
public class Ways {

	@Bean
	Greeter httpServiceGreeter(GreetingApi api) {
		return api::greeting;
	}

	@Bean
	Greeter reactiveHttpServiceGreeter(ReactiveGreetingApi api) {
		return () -> api.greeting().block();
	}

	@Bean
	Greeter plainHttpServiceGreeter(PlainGreetingApi api) {
		return api::greeting;
	}

	@Bean
	Greeter annotatedReactiveHttpServiceGreeter(ReactiveInvoiceApi api, @Value("${greeting.url}") URI url) {
		return () -> api.greeting(url).block();
	}

}
