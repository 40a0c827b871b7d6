// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test.example;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;

/**
 * A real ZITADEL in a container. Compiled only: no test starts it.
 */
@TestConfiguration(proxyBeanMethods = false)
class ZitadelContainers {

	private final Network network = Network.SHARED;

	@Bean
	GenericContainer<?> postgres() {
		return new GenericContainer<>("postgres:17").withNetwork(this.network)
			.withNetworkAliases("postgres")
			.withEnv("POSTGRES_PASSWORD", "postgres");
	}

	@Bean
	@ServiceConnection("zitadel")
	GenericContainer<?> zitadel(GenericContainer<?> postgres) {
		return new GenericContainer<>("ghcr.io/zitadel/zitadel:v4.10.0").dependsOn(postgres)
			.withNetwork(this.network)
			.withExposedPorts(8080)
			.withCreateContainerCmdModifier((command) -> command.withUser("0"))
			.withCommand("start-from-init", "--masterkey", "MasterkeyNeedsToHave32Characters", "--tlsMode", "disabled")
			.withEnv("ZITADEL_DATABASE_POSTGRES_DSN",
					"postgresql://postgres:postgres@postgres:5432/postgres?sslmode=disable")
			.withEnv("ZITADEL_FIRSTINSTANCE_MACHINEKEYPATH", "/zitadel-key.json")
			.withEnv("ZITADEL_FIRSTINSTANCE_ORG_MACHINE_MACHINE_USERNAME", "service-user")
			.withEnv("ZITADEL_FIRSTINSTANCE_ORG_MACHINE_MACHINE_NAME", "Service User")
			.withEnv("ZITADEL_FIRSTINSTANCE_ORG_MACHINE_MACHINEKEY_TYPE", "1")
			.waitingFor(Wait.forHttp("/debug/ready").forPort(8080));
	}

	static GenericContainer<?> withBilling(GenericContainer<?> zitadel) {
		return zitadel.withLabel("io.github.zitadelserviceuser.billing.key-location", "/billing-key.json");
	}

}
