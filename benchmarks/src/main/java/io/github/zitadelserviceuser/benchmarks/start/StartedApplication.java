// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.start;

import java.lang.management.ManagementFactory;
import java.util.Locale;

import com.sun.management.OperatingSystemMXBean;

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
	 * Start, and print the milliseconds since the process began, those of a processor,
	 * and the number of loaded classes and of beans.
	 * @param args the properties of the application
	 */
	public static void main(String[] args) {
		try (ConfigurableApplicationContext context = SpringApplication.run(Application.class, args)) {
			long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
			long classes = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
			long cpu = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1_000_000;
			System.out.printf(Locale.ROOT, "%s%d %d %d %d%n", RESULT, millis, cpu, classes,
					context.getBeanDefinitionCount());
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
