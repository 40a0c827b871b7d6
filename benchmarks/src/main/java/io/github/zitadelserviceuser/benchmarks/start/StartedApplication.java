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

package io.github.zitadelserviceuser.benchmarks.start;

import java.lang.management.ManagementFactory;
import java.util.Locale;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application that starts, says what that took, and ends. What it has is a matter of
 * its class path.
 *
 * @since 0.1.0
 */
public final class StartedApplication {

	/**
	 * What the line begins with that says what the start took.
	 */
	static final String RESULT = "started ";

	private StartedApplication() {
	}

	/**
	 * Start, and print the milliseconds since the process began and the number of loaded
	 * classes.
	 * @param args the properties of the application
	 */
	public static void main(String[] args) {
		try (ConfigurableApplicationContext context = SpringApplication.run(Application.class, args)) {
			long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
			System.out.printf(Locale.ROOT, "%s%d %d %d%n", RESULT, millis,
					ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount(),
					context.getBeanDefinitionCount());
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
