// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.grant.JwtBearerGrant;
import io.github.zitadelserviceuser.grant.UserInfoEndpoint;
import io.github.zitadelserviceuser.key.KeyListener;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.logging.KeyLog;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenListener;

import org.springframework.web.client.RestClient;

/**
 * How a service user authenticates. A further kind of credential is one more method here
 * and one in {@link ServiceUserClientBuilder}.
 */
@FunctionalInterface
interface Credential {

	/**
	 * Make what obtains tokens with this credential.
	 * @param context what else that takes
	 * @return the grant, and what there is to watch of it
	 */
	Authentication authentication(Context context);

	/**
	 * A key, which is read here for the first time, so that an unusable one stops the
	 * application and not its first call.
	 * @param reader makes what reads it, by the prefix of the properties
	 * @return the credential
	 */
	static Credential key(BiFunction<String, SharedResources, KeyReader> reader) {
		return (context) -> {
			KeyLog log = new KeyLog(context.serviceUser(), context.shared().clock());
			context.keyListeners().add(log);
			context.tokenListeners().add(log);
			LastGoodKey key = new LastGoodKey(reader.apply(context.propertyPrefix(), context.shared()),
					context.keyListeners());
			log.begin(key.read());
			return new Authentication(
					new JwtBearerGrant(context.server(), key, context.scopes(), context.restClient(),
							context.shared().clock(), context.shared().discoveryCache()),
					key, context.userInfoEndpoint());
		};
	}

	/**
	 * A grant of the application's own.
	 * @param grant the grant
	 * @return the credential
	 */
	static Credential grant(TokenGrant grant) {
		return (context) -> new Authentication(grant, null, null);
	}

	/**
	 * What a credential is put together with.
	 *
	 * @param serviceUser what to call the user in a sentence
	 * @param propertyPrefix the prefix of the properties to name in errors
	 * @param server who issues the tokens
	 * @param scopes the scopes to ask for
	 * @param client the client for token requests
	 * @param keyListeners who is told of what happens to a key, to be added to
	 * @param tokenListeners who is told of what happens to the token, to be added to
	 * @param shared what the user shares with others
	 */
	record Context(String serviceUser, String propertyPrefix, AuthorizationServer server, Set<String> scopes,
			TokenRequestClient client, List<KeyListener> keyListeners, List<TokenListener> tokenListeners,
			SharedResources shared) {

		UserInfoEndpoint userInfoEndpoint() {
			return new UserInfoEndpoint(this.server, restClient(), this.shared.clock(), this.shared.discoveryCache());
		}

		RestClient restClient() {
			return this.client.restClient(this.shared.observationRegistry());
		}

	}

}
