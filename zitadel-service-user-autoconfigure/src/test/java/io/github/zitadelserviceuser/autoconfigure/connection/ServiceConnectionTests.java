// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.connection;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What Testcontainers' containers supply, up to the edge of a container.
 */
@SpringBootTest(classes = ServiceConnectionTests.Application.class, webEnvironment = WebEnvironment.NONE,
		properties = { "spring.http.clients.imperative.factory=jdk",
				"zitadel.service-user.issuer-uri=https://other.example.com",
				"zitadel.service-users.billing.key-location=/no/such/file" })
class ServiceConnectionTests {

	@ServiceConnection
	static final FakeContainer container = new FakeContainer("ghcr.io/zitadel/zitadel:v4")
		.withEnv("ZITADEL_FIRSTINSTANCE_MACHINEKEYPATH", FakeContainer.KEY_PATH)
		.withLabel("io.github.zitadelserviceuser.billing.key-location", FakeContainer.BILLING_KEY_PATH);

	@Autowired
	TokenSource tokenSource;

	@Autowired
	ServiceUsers serviceUsers;

	@Autowired
	AuthorizationServer server;

	@Autowired
	ZitadelServiceUserConnectionDetails connectionDetails;

	@Test
	void tokenSourceWhenConnectedThenHasATokenOfTheContainers() {
		assertThat(this.server.issuer()).hasToString(container.zitadel().issuer());
		assertThat(this.server.isInternal()).isFalse();
		assertThat(container.zitadel().isValid(this.tokenSource.await().value())).isTrue();
	}

	@Test
	void tokenSourceWhenALabelNamesTheKeyOfAUserThenHasATokenOfThatUser() {
		assertThat(this.serviceUsers.get("billing")
			.restClient()
			.get()
			.uri("/oidc/v1/userinfo")
			.retrieve()
			.body(String.class)).contains(container.zitadel().serviceUser("billing").id());
	}

	@Test
	void keyLocationOfAUserWhenThereIsNoLabelOrFileThenNoneOrSaysWhatToDo() {
		assertThat(this.connectionDetails.getKeyLocation("partner")).isNull();
		container.getLabels().put("io.github.zitadelserviceuser.partner.key-location", "/elsewhere.json");
		assertThatExceptionOfType(InvalidServiceUserKeyException.class)
			.isThrownBy(() -> this.connectionDetails.getKeyLocation("partner"))
			.withMessageContaining("'/elsewhere.json' of the ZITADEL container")
			.withMessageContaining("'io.github.zitadelserviceuser.partner.key-location'");
		container.getLabels().remove("io.github.zitadelserviceuser.partner.key-location");
	}

	@Test
	void keyLocationWhenReadThenShowsInNoText() {
		String location = this.connectionDetails.getKeyLocation();
		assertThat(location).startsWith("base64:");
		assertThat(this.connectionDetails.toString()).doesNotContain(location.substring(7));
	}

	@Test
	void keyLocationWhenVariableIsMissingOrFileIsNotThereThenSaysWhatToDo() {
		container.getEnvMap().remove("ZITADEL_FIRSTINSTANCE_MACHINEKEYPATH");
		assertThatExceptionOfType(InvalidServiceUserKeyException.class)
			.isThrownBy(this.connectionDetails::getKeyLocation)
			.withMessageContaining("it has no variable ZITADEL_FIRSTINSTANCE_MACHINEKEYPATH");
		container.getEnvMap().put("ZITADEL_FIRSTINSTANCE_MACHINEKEYPATH", "/elsewhere.json");
		assertThatExceptionOfType(InvalidServiceUserKeyException.class)
			.isThrownBy(this.connectionDetails::getKeyLocation)
			.withMessageContaining("'/elsewhere.json' of the ZITADEL container")
			.withMessageContaining("Could not find the file");
		container.getEnvMap().put("ZITADEL_FIRSTINSTANCE_MACHINEKEYPATH", FakeContainer.KEY_PATH);
		assertThat(this.connectionDetails.getKeyLocation()).startsWith("base64:");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
