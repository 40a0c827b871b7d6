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

package io.github.zitadelserviceuser.integration.ways;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.ImportHttpServices;

/**
 * All ways in one application. Its API is at {@code greeting.url}, and so are the HTTP
 * service groups {@code greetings} and {@code reactive-greetings}.
 */
@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "greetings", types = GreetingApi.class)
@ImportHttpServices(group = "reactive-greetings", types = ReactiveGreetingApi.class,
		clientType = HttpServiceGroup.ClientType.WEB_CLIENT)
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

}
