// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Clients of Kafka that log in as the service user.
 */
@RecipeTest
class ServiceUserKafkaLoginTests {

	@Autowired
	FakeZitadel zitadel;

	@Autowired
	KafkaBroker broker;

	@Autowired
	KafkaClients clients;

	@Autowired
	ServiceUsers serviceUsers;

	@BeforeEach
	void reset() {
		this.broker.reset();
	}

	@Test
	void loginWhenClientIsMadeThenHasTheToken() throws Exception {
		assertThat(cluster()).isEqualTo(KafkaBroker.CLUSTER);
		assertThat(this.zitadel).hasTokenRequests(1);
		assertThat(this.broker.tokens()).isNotEmpty().containsOnly(this.zitadel.issuedTokens().get(0).value());
	}

	@Test
	void loginWhenTokenIsRevokedAndRejectedThenNextClientHasAnother() throws Exception {
		assertThat(cluster()).isEqualTo(KafkaBroker.CLUSTER);
		this.zitadel.revokeAllTokens();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(this::cluster)
			.withCauseInstanceOf(SaslAuthenticationException.class);
		this.clients.replaceToken();
		assertThat(cluster()).isEqualTo(KafkaBroker.CLUSTER);
		assertThat(this.zitadel).hasTokenRequests(2);
	}

	@Test
	void loginWhenOfTwoServiceUsersThenEachHasItsOwnToken() throws Exception {
		KafkaClients others = new KafkaClients(this.serviceUsers
			.create("other", (user) -> user.keyLocation(this.zitadel.serviceUser("other").keyFile().toString()))
			.tokenSource());
		try (Admin admin = Admin.create(properties(this.clients)); Admin other = Admin.create(properties(others))) {
			assertThat(admin.describeCluster().clusterId().get()).isEqualTo(KafkaBroker.CLUSTER);
			assertThat(other.describeCluster().clusterId().get()).isEqualTo(KafkaBroker.CLUSTER);
		}
		finally {
			this.serviceUsers.get("other").close();
		}
		assertThat(new HashSet<>(this.broker.tokens())).hasSize(2);
	}

	@Test
	void loginWhenThereIsNoTokenThenSaysWhy() {
		this.zitadel.serviceUser().lock();
		assertThatExceptionOfType(KafkaException.class).isThrownBy(this::cluster)
			.havingRootCause()
			.withMessageContaining("deactivated or locked");
	}

	private String cluster() throws InterruptedException, ExecutionException {
		try (Admin admin = Admin.create(properties(this.clients))) {
			return admin.describeCluster().clusterId().get();
		}
	}

	private Map<String, Object> properties(KafkaClients clients) {
		Map<String, Object> properties = clients.properties(this.broker.bootstrapServers());
		properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_PLAINTEXT");
		return properties;
	}

}
