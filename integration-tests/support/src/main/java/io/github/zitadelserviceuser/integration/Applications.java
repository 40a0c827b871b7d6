// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import java.util.ArrayList;
import java.util.List;

import io.github.zitadelserviceuser.fake.FakeZitadel;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts an application the way its user does: a main class and the properties of the
 * README.
 */
public final class Applications {

	private Applications() {
	}

	/**
	 * Start an application that has the clients of the service user injected.
	 * @param application the main class
	 * @param zitadel where the service user is at home
	 * @param properties further properties, such as {@code name=value}
	 * @return the running application, with a bean of type {@link Clients}
	 */
	public static ConfigurableApplicationContext startWithClients(Class<?> application, FakeZitadel zitadel,
			String... properties) {
		return run(new SpringApplication(application, Clients.class), withServiceUser(zitadel, properties));
	}

	/**
	 * Start an application with further configuration.
	 * @param configuration the configuration
	 * @param application the main class
	 * @param zitadel where the service user is at home
	 * @param properties further properties, such as {@code name=value}
	 * @return the running application
	 */
	public static ConfigurableApplicationContext startWith(Class<?> configuration, Class<?> application,
			FakeZitadel zitadel, String... properties) {
		return run(new SpringApplication(application, configuration), withServiceUser(zitadel, properties));
	}

	/**
	 * Start an application that has the starter and makes no use of it.
	 * @param application the main class
	 * @param zitadel where the service user is at home
	 * @param properties further properties, such as {@code name=value}
	 * @return the running application
	 */
	public static ConfigurableApplicationContext start(Class<?> application, FakeZitadel zitadel,
			String... properties) {
		return run(new SpringApplication(application), withServiceUser(zitadel, properties));
	}

	/**
	 * Start an application that has the starter switched off.
	 * @param application the main class
	 * @param properties further properties, such as {@code name=value}
	 * @return the running application
	 */
	public static ConfigurableApplicationContext startSwitchedOff(Class<?> application, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("zitadel.service-user.enabled=false");
		return run(new SpringApplication(application), all);
	}

	private static List<String> withServiceUser(FakeZitadel zitadel, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("zitadel.service-user.issuer-uri=" + zitadel.issuer());
		all.add("zitadel.service-user.key-location=" + zitadel.serviceUser().key().keyFile());
		return all;
	}

	private static ConfigurableApplicationContext run(SpringApplication application, List<String> properties) {
		List<String> all = new ArrayList<>(properties);
		// Any free port, where there is a server.
		all.add("server.port=0");
		all.add("spring.main.banner-mode=off");
		// Reactor Netty would wait two seconds at each end.
		all.add("spring.reactor.netty.shutdown-quiet-period=0s");
		return application.run(all.stream().map((property) -> "--" + property).toArray(String[]::new));
	}

}
