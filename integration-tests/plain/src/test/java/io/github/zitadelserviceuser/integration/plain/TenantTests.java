// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.plain;

import java.util.List;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Applications;
import io.github.zitadelserviceuser.integration.RecordingServer;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.user.NoSuchServiceUserException;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Service users that come and go while the application runs, each at an instance of its
 * own.
 */
class TenantTests {

	private final FakeZitadel acme = FakeZitadel.start();

	private final FakeZitadel other = FakeZitadel.start();

	private final RecordingServer api = RecordingServer.start();

	private final RecordingServer otherApi = RecordingServer.start();

	@AfterEach
	void stop() {
		this.acme.close();
		this.other.close();
		this.api.close();
		this.otherApi.close();
	}

	@Test
	void callWhenTenantsComeAndGoThenEachHasItsOwnTokenAndHosts() {
		try (ConfigurableApplicationContext context = Applications.start(PlainApplication.class, this.acme)) {
			Tenants tenants = new Tenants(context.getBean(ServiceUsers.class));
			tenants.add("1", this.acme.issuer(), this.acme.createServiceUser("tenant").keyFile().toString(),
					this.api.authority());
			tenants.add("2", this.other.issuer(), this.other.serviceUser().keyFile().toString(),
					this.otherApi.authority());
			assertThat(tenants.call("1", this.api.url("/orders"))).isEqualTo("answered");
			assertThat(tenants.call("2", this.otherApi.url("/orders"))).isEqualTo("answered");
			assertThatExceptionOfType(HostNotAllowedException.class)
				.isThrownBy(() -> tenants.call("1", this.otherApi.url("/orders")));
			assertThat(authorizations(this.api)).containsExactly(token(this.acme));
			assertThat(authorizations(this.otherApi)).containsExactly(token(this.other));

			tenants.remove("1");
			assertThatExceptionOfType(NoSuchServiceUserException.class)
				.isThrownBy(() -> tenants.call("1", this.api.url("/orders")));
			assertThat(tenants.call("2", this.otherApi.url("/orders"))).isEqualTo("answered");
		}
	}

	private static List<List<String>> authorizations(RecordingServer server) {
		return server.calls().stream().map(RecordingServer.Call::authorization).toList();
	}

	private static List<String> token(FakeZitadel zitadel) {
		return List.of("Bearer " + zitadel.issuedTokens().get(0).value());
	}

}
