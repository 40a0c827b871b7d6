// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said of properties that there are none of, and that nothing is said of others.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertiesTests {

	private static final String WARNING = "The property '";

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void startWhenPropertiesAreMisspeltThenStartsAndNamesEachOnce(CapturedOutput output) {
		Contexts.of(ZITADEL)
			.withPropertyValues("zitadel.service-user.alowed-hosts[0]=one.example",
					"zitadel.service-user.alowed-hosts[1]=two.example",
					"zitadel.service-users.billing.key-location=" + ZITADEL.serviceUser().key().keyFile(),
					"zitadel.service-users.billing.scops=hidden")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(warnings(output)).hasSize(2)
					.anySatisfy((line) -> assertThat(line)
						.contains("WARN", "'zitadel.service-user.alowed-hosts' has no effect")
						.endsWith("Did you mean 'zitadel.service-user.allowed-hosts'?"))
					.anySatisfy((line) -> assertThat(line)
						.contains("'zitadel.service-users.billing.scops' has no effect",
								"\"zitadel.service-users.billing.scops\" from property source \"test\"")
						.endsWith("Did you mean 'zitadel.service-users.billing.scopes'?"));
				assertThat(output).doesNotContain("hidden", "one.example");
			});
	}

	@Test
	void startWhenWhatIsMissingIsMisspeltThenSaysBoth(CapturedOutput output) {
		Contexts.unconfigured()
			.withPropertyValues("zitadel.service-user.issuer-uri=" + ZITADEL.issuer(),
					"zitadel.service-user.key-locaton=key.json")
			.run((context) -> {
				assertThat(context).getFailure().rootCause().hasMessageContaining("zitadel.service-user.key-location");
				assertThat(warnings(output)).singleElement()
					.asString()
					.endsWith("Did you mean 'zitadel.service-user.key-location'?");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "zitadel.service-user.enabled=false", "spring.application.name=billing" })
	void startWhenThereIsNothingOfOursThenNothingIsSaid(String property, CapturedOutput output) {
		ApplicationContextRunner runner = Contexts.unconfigured().withPropertyValues(property);
		runner.run((context) -> assertThat(warnings(output)).isEmpty());
	}

	@ParameterizedTest
	@CsvSource({ "zitadel.service-user.alowedHosts, zitadel.service-user.allowed-hosts",
			"zitadel.serviceUser.key_locaton, zitadel.service-user.key-location",
			"zitadel.service-user.allowed-hosts.first, ''",
			"zitadel.service-user.token.timeout, zitadel.service-user.token-timeout",
			"zitadel.service-user.issuer, zitadel.service-user.issuer-uri",
			"zitadel.service-user.header.X-Gateway-Key, ''", "zitadel.service-user.timeout, ''",
			"zitadel.service-user.of-a-later-version, ''",
			"zitadel.service-user.billing.key-location, zitadel.service-users.billing.key-location",
			"zitadel.service-users.my-billing.scops[0], zitadel.service-users.my-billing.scopes",
			"zitadel.service-usr.key-location, zitadel.service-user.key-location",
			"zitadel.service-uesrs.billing.scopes[0], zitadel.service-users.billing.scopes" })
	void warnWhenMisspeltThenNamesTheNearest(String property, String meant, CapturedOutput output) {
		UnknownProperties.warn(environment(new MapPropertySource("file", Map.of(property, "hidden"))));
		assertThat(warnings(output)).singleElement()
			.asString()
			.contains("\"" + property + "\" from property source \"file\"")
			.endsWith(meant.isEmpty() ? "Correct it, or remove it" : "Did you mean '" + meant + "'?")
			.doesNotContain("hidden");
	}

	@ParameterizedTest
	@CsvSource({ "ZITADEL_SERVICEUSER_ALOWEDHOSTS, ZITADEL_SERVICEUSER_ALLOWEDHOSTS",
			"ZITADEL_SERVICEUSER_ALOWEDHOSTS_0, ZITADEL_SERVICEUSER_ALLOWEDHOSTS",
			"ZITADEL_SERVICEUSER_ALLOWED_HOSTS, ZITADEL_SERVICEUSER_ALLOWEDHOSTS",
			"ZITADEL_SERVICE_USER_ALOWED_HOSTS, ZITADEL_SERVICEUSER_ALLOWEDHOSTS",
			"ZITADEL_SERVICE_USER_ALLOWEDHOSTS, ZITADEL_SERVICEUSER_ALLOWEDHOSTS",
			"ZITADEL_SERVICEUSERS_BILLING_KEYLOCATON, ZITADEL_SERVICEUSERS_BILLING_KEYLOCATION",
			"ZITADEL_SERVICEUSERS_BILLING_KEY_LOCATION, ZITADEL_SERVICEUSERS_BILLING_KEYLOCATION",
			"ZITADEL_SERVICE_USERS_BILLING_KEY_LOCATION, ZITADEL_SERVICEUSERS_BILLING_KEYLOCATION",
			"ZITADEL_SERVICE_USERS_BILLING_OTHER, ''", "ZITADEL_SERVICE_USER_OTHER, ''" })
	void warnWhenAVariableIsMisspeltThenNamesTheNearest(String variable, String meant, CapturedOutput output) {
		UnknownProperties.warn(environment(variables(Map.of(variable, "hidden"))));
		assertThat(warnings(output)).singleElement()
			.asString()
			.contains("\"" + variable + "\"")
			.endsWith(meant.isEmpty() ? "Correct it, or remove it" : "Did you mean '" + meant + "'?")
			.doesNotContain("hidden");
	}

	@Test
	void warnWhenItIsInAFileThenSaysTheLine(CapturedOutput output) throws Exception {
		ByteArrayResource yaml = new ByteArrayResource("""
				zitadel:
				  service-user:
				    key-location: key.json
				    scops: [ openid ]
				""".getBytes(), "the YAML");
		UnknownProperties.warn(environment(new YamlPropertySourceLoader().load("file", yaml).get(0)));
		assertThat(warnings(output)).singleElement().asString().contains("[the YAML] - 4:14)");
	}

	@Test
	void warnWhenSeveralSourcesHaveItThenOnceByTheOneThatCounts(CapturedOutput output) {
		UnknownProperties.warn(environment(new MapPropertySource("first", Map.of("zitadel.service-user.scops", "a")),
				new MapPropertySource("second", Map.of("zitadel.serviceUser.scops", "b"))));
		assertThat(warnings(output)).singleElement().asString().contains("\"first\"");
	}

	@Test
	void warnWhenEachPropertyIsSetThenNothingIsSaid(CapturedOutput output) {
		Map<String, Object> properties = new LinkedHashMap<>();
		Map<String, Object> variables = new LinkedHashMap<>();
		for (var component : ZitadelServiceUserProperties.class.getRecordComponents()) {
			String name = DataObjectPropertyName.toDashedForm(component.getName());
			String end = (component.getType() == Map.class) ? ".X-Any.Thing"
					: ((component.getType() == List.class) ? "[0]" : "");
			for (String prefix : Set.of("zitadel.service-user.", "zitadel.service-users.my-billing.")) {
				properties.put(prefix + name, "x");
				properties.put(prefix + name + end, "x");
				properties.put(prefix.replace("service-user", "serviceUser") + component.getName() + end, "x");
				String variable = (prefix + name + end).replace('.', '_').replace("[0]", "_0").toUpperCase();
				variables.put(variable.replace("-", ""), "x");
				variables.put(variable.replace('-', '_'), "x");
			}
		}
		UnknownProperties.warn(environment(new MapPropertySource("file", properties), variables(variables)));
		assertThat(warnings(output)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "zitadel.domain", "zitadel.service-user-id", "zitadel.service-url", "zitadel.users.scopes",
			"zitadel.service-users.billing", "zitadel.service-user-test.token" })
	void warnWhenItMayBeAnothersThenNothingIsSaid(String property, CapturedOutput output) {
		UnknownProperties.warn(environment(new MapPropertySource("file", Map.of(property, "x"))));
		assertThat(warnings(output)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ZITADEL_SERVICE_HOST", "ZITADEL_SERVICE_PORT_HTTP", "ZITADEL_PORT_8080_TCP_ADDR" })
	void warnWhenAVariableIsOfAClusterThenNothingIsSaid(String variable, CapturedOutput output) {
		UnknownProperties.warn(environment(variables(Map.of(variable, "10.0.0.1"))));
		assertThat(warnings(output)).isEmpty();
	}

	@Test
	void warnWhenASourceDoesNotTellItsNamesThenPassedOver(CapturedOutput output) {
		UnknownProperties.warn(environment(new PropertySource<>("vault", new Object()) {

			@Override
			public Object getProperty(String name) {
				return "x";
			}

		}));
		assertThat(warnings(output)).isEmpty();
	}

	private static ConfigurableEnvironment environment(PropertySource<?>... sources) {
		StandardEnvironment environment = new StandardEnvironment();
		for (PropertySource<?> source : sources) {
			environment.getPropertySources().addLast(source);
		}
		ConfigurationPropertySources.attach(environment);
		return environment;
	}

	private static PropertySource<?> variables(Map<String, Object> variables) {
		return new SystemEnvironmentPropertySource(
				"test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables);
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains(WARNING)).toList();
	}

}
