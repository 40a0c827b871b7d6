// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.util.HashMap;
import java.util.Map;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.token.TokenSource;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;

import org.springframework.stereotype.Component;

/**
 * What producers, consumers and admin clients of Kafka have in common.
 */
@Component
class KafkaClients {

	private final TokenSource tokens;

	KafkaClients(@ServiceUser TokenSource tokens) {
		this.tokens = tokens;
	}

	Map<String, Object> properties(String bootstrapServers) {
		Map<String, Object> properties = new HashMap<>();
		properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
		properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_SSL");
		properties.put(SaslConfigs.SASL_MECHANISM, "OAUTHBEARER");
		properties.put(SaslConfigs.SASL_JAAS_CONFIG,
				"org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
		properties.put(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS, ServiceUserKafkaLogin.class);
		properties.put(ServiceUserKafkaLogin.TOKENS, this.tokens);
		return properties;
	}

	// To be called after a SaslAuthenticationException, before another client is made.
	void replaceToken() {
		this.tokens.reject(this.tokens.await()).join();
	}

}
