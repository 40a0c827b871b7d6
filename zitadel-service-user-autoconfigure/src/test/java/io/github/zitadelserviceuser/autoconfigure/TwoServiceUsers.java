// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.client.RestClient;

/**
 * An application with two service users, one of them called billing, whose token may go
 * to a server.
 */
abstract class TwoServiceUsers {

	final OpenServer server = new OpenServer();

	private final FakeZitadel zitadel;

	FakeServiceUser billing;

	ApplicationContextRunner runner;

	TwoServiceUsers(FakeZitadel zitadel) {
		this.zitadel = zitadel;
	}

	@BeforeEach
	void configure() {
		this.zitadel.reset();
		this.billing = this.zitadel.createServiceUser("billing");
		this.runner = Contexts.of(this.zitadel)
			.withPropertyValues("zitadel.service-users.billing.key-location=" + this.billing.keyFile(),
					"zitadel.service-users.billing.allowed-hosts=" + this.server.authority());
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	String userInfo(RestClient client) {
		return client.get().uri(this.zitadel.issuer() + "/oidc/v1/userinfo").retrieve().body(String.class);
	}

}
