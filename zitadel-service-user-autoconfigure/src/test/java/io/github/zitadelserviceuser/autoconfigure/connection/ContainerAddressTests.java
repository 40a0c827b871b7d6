// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.connection;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Which issuer a ZITADEL in a container has.
 */
class ContainerAddressTests {

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "localhost, disabled, http://localhost:32768, -",
					"LOCALHOST, disabled, http://localhost:32768, -", "localhost, enabled, https://localhost:32768, -",
					"localhost, external, https://localhost:8080, http://localhost:32768",
					"id.example.com, disabled, http://id.example.com:8080, http://localhost:32768",
					"id.example.com, enabled, https://id.example.com:8080, https://localhost:32768" })
	void ofWhenDomainAndTlsModeAreGivenThenIssuerAndAddressFollow(String domain, String tlsMode, String issuerUri,
			@Nullable String baseUrl) {
		assertThat(ContainerAddress.of(Map.of("ZITADEL_EXTERNALDOMAIN", domain), tlsMode, "localhost", 32768))
			.isEqualTo(new ContainerAddress(issuerUri, baseUrl));
	}

	@ParameterizedTest
	@CsvSource({ "false, false, 8080, http://id.example.com:8080", "true, false, 443, https://id.example.com",
			"TRUE, false, 8443, https://id.example.com:8443", "False, true, 80, http://id.example.com" })
	void ofWhenVariablesSayItThenTheyAreTaken(String secure, String tls, String port, String issuerUri) {
		Map<String, String> environment = Map.of("ZITADEL_EXTERNALDOMAIN", "id.example.com", "ZITADEL_EXTERNALPORT",
				port, "ZITADEL_EXTERNALSECURE", secure, "ZITADEL_TLS_ENABLED", tls);
		ContainerAddress address = ContainerAddress.of(environment, null, "localhost", 32768);
		assertThat(address.issuerUri()).isEqualTo(issuerUri);
		assertThat(address.baseUrl())
			.isEqualTo(tls.equals("true") ? "https://localhost:32768" : "http://localhost:32768");
	}

	@Test
	void ofWhenNothingIsSetThenHasZitadelsDefaults() {
		assertThat(ContainerAddress.of(Map.of(), null, "localhost", 32768))
			.isEqualTo(new ContainerAddress("https://localhost:8080", "http://localhost:32768"));
		assertThat(ContainerAddress.port(Map.of())).isEqualTo(8080);
		assertThat(ContainerAddress.port(Map.of("ZITADEL_PORT", "9000"))).isEqualTo(9000);
	}

	@Test
	void portWhenItIsNoNumberThenSaysSo() {
		assertThatIllegalStateException().isThrownBy(() -> ContainerAddress.port(Map.of("ZITADEL_PORT", "many")))
			.withMessageContaining("'ZITADEL_PORT=many'");
	}

}
