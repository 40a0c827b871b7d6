// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.util.List;

import io.github.zitadelserviceuser.autoconfigure.Contexts;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoints of the actuator that show values, with {@code show-values=always}.
 */
class ActuatorSecretsTests {

	private static final String ONE = "0ne" + "dE6gH9jK2mN5pQ8".repeat(4);

	private static final String TWO = "tw0" + "rS1tU4vW7xY0zA3".repeat(4);

	private static final String THREE = "thr33" + "bC6dE9fG2hI5jK8".repeat(4);

	@Test
	void endpointsWhenSecretsAreGivenByValueThenNoneIsShownOfAnyUser() {
		Contexts.unconfigured()
			.withConfiguration(AutoConfigurations.of(ZitadelServiceUserActuatorAutoConfiguration.class))
			.withPropertyValues("zitadel.service-user.issuer-uri=https://zitadel.example",
					"zitadel.service-user.client-id=importer", "zitadel.service-user.client-secret=" + ONE,
					"zitadel.service-users.billing.personal-access-token=" + TWO, "MY_SECRET=" + THREE,
					"zitadel.service-users.partner.client-id=partner",
					"zitadel.service-users.partner.client-secret=${MY_SECRET}")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(env(context)).contains("zitadel.service-user.client-secret", "MY_SECRET", "importer")
					.doesNotContain(ONE, TWO, THREE);
				assertThat(configprops(context)).contains("clientSecret", "personalAccessToken", "importer", "partner")
					.doesNotContain(ONE, TWO, THREE);
			});
	}

	@Test
	void endpointsWhenThereAreHeadersThenTheirValuesAreNotShown() {
		Contexts.unconfigured()
			.withConfiguration(AutoConfigurations.of(ZitadelServiceUserActuatorAutoConfiguration.class))
			.withPropertyValues("zitadel.service-user.issuer-uri=https://zitadel.example",
					"zitadel.service-user.personal-access-token=" + ONE,
					"zitadel.service-user.headers.x-one=first-header", "MY_KEY=second-header",
					"zitadel.service-user.headers[X-Two]=${MY_KEY}",
					"zitadel.service-users.billing.personal-access-token=" + TWO,
					"zitadel.service-users.billing.headers.x-stage=short")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(env(context)).contains("headers.x-one", "headers[X-Two]", "billing.headers.x-stage")
					.doesNotContain("first-header", "second-header", "short");
				assertThat(configprops(context)).contains("x-one", "X-Two", "x-stage")
					.doesNotContain("first-header", "second-header", "short");
			});
	}

	private static String env(ApplicationContext context) {
		return json(
				new EnvironmentEndpoint(context.getEnvironment(), functions(context), Show.ALWAYS).environment(null));
	}

	private static String configprops(ApplicationContext context) {
		ConfigurationPropertiesReportEndpoint endpoint = new ConfigurationPropertiesReportEndpoint(functions(context),
				Show.ALWAYS);
		endpoint.setApplicationContext(context);
		return json(endpoint.configurationProperties());
	}

	private static List<SanitizingFunction> functions(ApplicationContext context) {
		return List.copyOf(context.getBeansOfType(SanitizingFunction.class).values());
	}

	private static String json(Object descriptor) {
		return JsonMapper.shared().writeValueAsString(descriptor);
	}

}
