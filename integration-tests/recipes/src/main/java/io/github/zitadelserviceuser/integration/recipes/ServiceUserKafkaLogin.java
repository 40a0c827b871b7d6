// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.jspecify.annotations.Nullable;

/**
 * Gives a Kafka client the token of the service user. Kafka makes the instance.
 */
public final class ServiceUserKafkaLogin implements AuthenticateCallbackHandler {

	/**
	 * The name of the property of a Kafka client whose value is the {@link TokenSource}.
	 * Clients whose properties of {@code sasl.} are equal share one login.
	 */
	public static final String TOKENS = "sasl.zitadel.tokens";

	private @Nullable TokenSource tokens;

	@Override
	public void configure(Map<String, ?> configuration, String mechanism, List<AppConfigurationEntry> jaas) {
		this.tokens = (TokenSource) configuration.get(TOKENS);
	}

	@Override
	public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
		if (this.tokens == null) {
			throw new IOException("The Kafka client has no property " + TOKENS);
		}
		for (Callback callback : callbacks) {
			if (!(callback instanceof OAuthBearerTokenCallback login)) {
				throw new UnsupportedCallbackException(callback);
			}
			try {
				login.token(new KafkaToken(this.tokens.await()));
			}
			catch (TokenRequestException ex) {
				login.error("no_token", ex.getMessage(), null);
			}
		}
	}

	@Override
	public void close() {
	}

	private static final class KafkaToken implements OAuthBearerToken {

		private final AccessToken token;

		private KafkaToken(AccessToken token) {
			this.token = token;
		}

		@Override
		public String value() {
			return this.token.value();
		}

		@Override
		public Set<String> scope() {
			return Set.of();
		}

		@Override
		public Long startTimeMs() {
			return this.token.issuedAt().toEpochMilli();
		}

		@Override
		public long lifetimeMs() {
			return this.token.expiresAt().toEpochMilli();
		}

		@Override
		public String principalName() {
			return "service-user";
		}

	}

}
