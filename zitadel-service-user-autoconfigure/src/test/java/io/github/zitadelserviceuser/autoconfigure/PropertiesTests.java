// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From properties, wherever they come from, to what ZITADEL is asked for.
 */
class PropertiesTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final String AUDIENCE_OF_ZITADEL = "urn:zitadel:iam:org:project:id:zitadel:aud";

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void startWhenKeyIsInAnEnvironmentVariableThenGetsAToken() {
		try (ConfigurableApplicationContext context = RealApplication
			.startWithVariables(Map.of("ZITADEL_SERVICEUSER_ISSUERURI", ZITADEL.issuer(),
					"ZITADEL_SERVICEUSER_KEYLOCATION", "base64:" + ZITADEL.serviceUser().key().base64(),
					"ZITADEL_SERVICEUSER_APIACCESS", "true", "ZITADEL_SERVICEUSER_PROJECTIDS", "1,2"))) {
			String body = context.getBean(RestClient.class)
				.get()
				.uri(ZITADEL.url() + "/auth/v1/users/me")
				.retrieve()
				.body(String.class);
			assertThat(body).contains(ZITADEL.serviceUser().userName());
			assertThat(ZITADEL.issuedTokens().get(0).scopes()).contains(AUDIENCE_OF_ZITADEL,
					"urn:zitadel:iam:org:project:id:1:aud", "urn:zitadel:iam:org:project:id:2:aud");
		}
	}

	@Test
	void startWhenSwitchedOffByAVariableThenNeedsNothingElse() {
		try (ConfigurableApplicationContext context = RealApplication
			.startWithVariables(Map.of("ZITADEL_SERVICEUSER_ENABLED", "false"))) {
			assertThat(context.getBeanProvider(TokenSource.class).getIfAvailable()).isNull();
		}
	}

	@Test
	void startWhenKeyPairIsOfOnesOwnThenGetsAToken(@TempDir Path directory) throws Exception {
		Path pem = Files.writeString(directory.resolve("key.pem"), ZITADEL.serviceUser().key().pkcs8Pem());
		Contexts.unconfigured()
			.withPropertyValues("zitadel.service-user.issuer-uri=" + ZITADEL.issuer(),
					"zitadel.service-user.user-id=" + ZITADEL.serviceUser().id(),
					"zitadel.service-user.key-id=" + ZITADEL.serviceUser().key().keyId(),
					"zitadel.service-user.private-key-location=" + pem)
			.run((context) -> assertThat(context.getBean(TokenSource.class).await().value()).isNotEmpty());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			x=y                                  | openid profile email
			scopes=openid                        | openid
			scopes=openid,custom,openid          | openid custom
			scopes[0]=a                          | a
			api-access=true                      | openid profile email Z:zitadel:aud
			project-ids=17                       | openid profile email Z:17:aud
			project-roles=true                   | openid profile email R
			scopes=a;api-access=true;project-ids=17,18;project-roles=true | a Z:zitadel:aud Z:17:aud Z:18:aud R
			scopes=                              |
			""")
	void requestTokenThenScopesAreThoseOfTheProperties(String properties, String expected) {
		ApplicationContextRunner runner = Contexts.of(ZITADEL);
		for (String property : properties.split(";")) {
			runner = runner.withPropertyValues("zitadel.service-user." + property);
		}
		runner.run((context) -> {
			assertThat(context.getBean(TokenSource.class).await().value()).isNotEmpty();
			assertThat(ZITADEL.tokenRequests()).hasSize(1);
			assertThat(String.join(" ", ZITADEL.tokenRequests().get(0).requestedScopes()))
				.isEqualTo((expected != null) ? expected.replace("Z:", "urn:zitadel:iam:org:project:id:")
					.replaceAll("R$", "urn:zitadel:iam:org:projects:roles") : "");
		});
	}

	@Test
	void toStringThenLocationsAreLeftOut() {
		Contexts.of(ZITADEL).run((context) -> {
			ZitadelServiceUserProperties properties = context.getBean(ZitadelServiceUserProperties.class);
			assertThat(properties.toString()).contains(ZITADEL.issuer()).doesNotContain(properties.keyLocation());
		});
	}

	@Test
	void callWhenThroughAnInternalAddressThenNamesTheInstance() {
		try (FakeZitadel zitadel = FakeZitadel.builder()
			.withDomain("zitadel.example.com")
			.externallySecure(true)
			.start()) {
			Contexts.unconfigured()
				.withPropertyValues("zitadel.service-user.issuer-uri=https://zitadel.example.com",
						"zitadel.service-user.base-url=" + zitadel.url(),
						"zitadel.service-user.key-location=" + zitadel.serviceUser().key().keyFile())
				.run((context) -> {
					RestClient client = BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(),
							RestClient.class, "serviceUserRestClient");
					assertThat(client.get().uri(zitadel.url() + "/oidc/v1/userinfo").retrieve().body(String.class))
						.contains(zitadel.serviceUser().id());
				});
		}
	}

}
