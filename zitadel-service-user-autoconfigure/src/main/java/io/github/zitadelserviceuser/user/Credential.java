// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.grant.ClientCredentialsGrant;
import io.github.zitadelserviceuser.grant.JwtBearerGrant;
import io.github.zitadelserviceuser.grant.PersonalAccessTokenGrant;
import io.github.zitadelserviceuser.grant.UserInfoEndpoint;
import io.github.zitadelserviceuser.key.CredentialKind;
import io.github.zitadelserviceuser.key.KeyListener;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.key.LastGoodSecret;
import io.github.zitadelserviceuser.key.SecretReader;
import io.github.zitadelserviceuser.logging.KeyLog;
import io.github.zitadelserviceuser.logging.SecretLog;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenListener;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClient;

/**
 * How a service user authenticates. A further kind of credential is one more method here
 * and one in {@link ServiceUserClientBuilder}. What is read is read here for the first
 * time, so that what is unusable stops the application and not its first call.
 */
@FunctionalInterface
interface Credential {

	/**
	 * What an id of ZITADEL's is: a number that tells the time. Shorter ones may be names
	 * of users.
	 */
	Pattern ID = Pattern.compile("[0-9]{15,}");

	/**
	 * Make what obtains tokens with this credential.
	 * @param context what else that takes
	 * @return the grant, and what there is to watch of it
	 */
	Authentication authentication(Context context);

	/**
	 * A key.
	 * @param reader makes what reads the key
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
	 * A client secret.
	 * @param clientId the user name, which is required and not an id
	 * @param reader makes what reads the secret
	 * @return the credential
	 */
	static Credential clientSecret(@Nullable String clientId,
			BiFunction<String, SharedResources, SecretReader> reader) {
		return (context) -> {
			String userName = requireUserName(context.propertyPrefix(), clientId);
			LastGoodSecret secret = context.secret(CredentialKind.CLIENT_SECRET, reader);
			return new Authentication(
					new ClientCredentialsGrant(context.server(), userName, secret, context.scopes(),
							context.restClient(), context.shared().clock(), context.shared().discoveryCache()),
					secret, context.userInfoEndpoint());
		};
	}

	/**
	 * A personal access token.
	 * @param reader makes what reads the token
	 * @return the credential
	 */
	static Credential personalAccessToken(BiFunction<String, SharedResources, SecretReader> reader) {
		return (context) -> {
			LastGoodSecret token = context.secret(CredentialKind.PERSONAL_ACCESS_TOKEN, reader);
			PersonalAccessTokenGrant grant = new PersonalAccessTokenGrant(token);
			return new Authentication(grant, token,
					new UserInfoEndpoint(context.server(), context.restClient(), context.shared().clock(),
							context.shared().discoveryCache(),
							() -> "ZITADEL does not accept the personal access token. " + grant.remedy()));
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

	private static String requireUserName(String prefix, @Nullable String clientId) {
		String property = prefix + ".client-id";
		if (!StringUtils.hasText(clientId)) {
			throw new MissingPropertyException(property,
					"the user name of the service user, which is the client id that "
							+ "ZITADEL's console shows together with a new client secret");
		}
		String userName = clientId.strip();
		if (ID.matcher(userName).matches()) {
			throw new InvalidConfigurationPropertyValueException(property, userName,
					"It is the id of a user, by which ZITADEL finds no client. The user name is needed, as it stands on "
							+ "the page of the service user in ZITADEL's console");
		}
		return userName;
	}

	/**
	 * What a credential is put together with.
	 *
	 * @param serviceUser what to call the user in a sentence
	 * @param propertyPrefix the prefix of the properties to name in errors
	 * @param server who issues the tokens
	 * @param scopes the scopes to ask for
	 * @param restClient the client for token requests
	 * @param keyListeners who is told of what happens to a key, to be added to
	 * @param tokenListeners who is told of what happens to the token, to be added to
	 * @param shared what the user shares with others
	 */
	record Context(String serviceUser, String propertyPrefix, AuthorizationServer server, Set<String> scopes,
			RestClient restClient, List<KeyListener> keyListeners, List<TokenListener> tokenListeners,
			SharedResources shared) {

		UserInfoEndpoint userInfoEndpoint() {
			return new UserInfoEndpoint(this.server, this.restClient, this.shared.clock(),
					this.shared.discoveryCache());
		}

		LastGoodSecret secret(CredentialKind kind, BiFunction<String, SharedResources, SecretReader> reader) {
			LastGoodSecret secret = new LastGoodSecret(reader.apply(this.propertyPrefix, this.shared),
					new SecretLog(kind.noun() + " of " + this.serviceUser));
			secret.read();
			return secret;
		}

	}

}
