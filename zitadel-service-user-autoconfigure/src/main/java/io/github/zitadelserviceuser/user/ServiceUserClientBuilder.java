// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.grant.InvalidHeaderException;
import io.github.zitadelserviceuser.key.CredentialKind;
import io.github.zitadelserviceuser.key.InvalidCredentialException;
import io.github.zitadelserviceuser.key.KeyListener;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.key.SecretReader;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.observation.TokenRequestObservationConvention;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenListener;
import io.github.zitadelserviceuser.token.TokenSource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Puts one service user together. What is required is an issuer and a credential; each
 * method stands for the property of its name, whose meaning and default it shares, and
 * which errors name: under {@code zitadel.service-user}, or under
 * {@code zitadel.service-users.<name>} if the user is given a name.
 * <p>
 * A builder is for one thread and one user.
 *
 * @since 0.1.0
 * @see ServiceUserClient#builder()
 */
public final class ServiceUserClientBuilder {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	String name = ServiceUserClient.DEFAULT_NAME;

	@Nullable AuthorizationServer server;

	@Nullable String issuerUri;

	@Nullable String baseUrl;

	Map<String, String> headers = Map.of();

	boolean requireHttps = true;

	@Nullable Credential credential;

	Collection<String> scopes = List.of("openid", "profile", "email");

	boolean apiAccess;

	Collection<String> projectIds = List.of();

	boolean projectRoles;

	Collection<String> allowedHosts = List.of();

	@Nullable AllowedHosts hosts;

	boolean followRedirects;

	RefreshPolicy refreshPolicy = RefreshPolicy.defaults();

	Duration connectTimeout = TIMEOUT;

	Duration readTimeout = TIMEOUT;

	final List<TokenListener> tokenListeners = new ArrayList<>();

	final List<KeyListener> keyListeners = new ArrayList<>();

	@Nullable TokenRequestObservationConvention observationConvention;

	@Nullable TokenSource tokenSource;

	private @Nullable SharedResources shared;

	private final List<Consumer<ServiceUserClient>> onBuild = new ArrayList<>();

	private final List<AutoCloseable> onClose = new ArrayList<>();

	final List<Consumer<RestClient.Builder>> restClient = new ArrayList<>();

	final List<Consumer<WebClient.Builder>> webClient = new ArrayList<>();

	final List<Consumer<RestClient.Builder>> tokenRequestClient = new ArrayList<>();

	final List<UnaryOperator<ClientHttpRequestFactoryBuilder<?>>> tokenRequestFactoryBuilder = new ArrayList<>();

	ServiceUserClientBuilder() {
	}

	/**
	 * Give the user a name, by which logs, errors, health and meters tell it from others.
	 * @param name lower case letters, digits and hyphens
	 * @return this builder
	 */
	public ServiceUserClientBuilder name(String name) {
		this.name = ServiceUserName.validate(name);
		return this;
	}

	/**
	 * Set the URL of the ZITADEL instance. An internal address and headers that were set
	 * before belonged to another one, and are forgotten.
	 * @param issuerUri the URL, as in a browser
	 * @return this builder
	 */
	public ServiceUserClientBuilder issuerUri(String issuerUri) {
		this.issuerUri = issuerUri;
		return baseUrl(null);
	}

	/**
	 * Set the authorization server as a whole, instead of its parts: address and headers.
	 * @param server who issues the tokens, and where
	 * @return this builder
	 */
	public ServiceUserClientBuilder authorizationServer(AuthorizationServer server) {
		this.server = server;
		return this;
	}

	/**
	 * Set the internal address of the same instance. Headers that were set before were
	 * for what stands before another address, and are forgotten.
	 * @param baseUrl the URL, or {@code null} if the instance is reached by the issuer's
	 * @return this builder
	 */
	public ServiceUserClientBuilder baseUrl(@Nullable String baseUrl) {
		this.baseUrl = baseUrl;
		this.headers = Map.of();
		return this;
	}

	/**
	 * Set headers for what stands before ZITADEL, such as an identity-aware proxy. Each
	 * request to the issuer or its internal address has them, with the token and for it,
	 * and no request to another host. To set an address forgets them, so they come after
	 * it.
	 * @param headers the values by name, which nothing here shows; an empty one is none
	 * @return this builder
	 */
	public ServiceUserClientBuilder headers(Map<String, String> headers) {
		this.headers = Map.copyOf(headers);
		return this;
	}

	/**
	 * Set whether to refuse plain http, except to this machine and to the internal
	 * address.
	 * @param requireHttps whether to refuse it
	 * @return this builder
	 */
	public ServiceUserClientBuilder requireHttps(boolean requireHttps) {
		this.requireHttps = requireHttps;
		return this;
	}

	/**
	 * Authenticate with the JSON key file that ZITADEL's console offers for download.
	 * @param keyLocation a path, {@code file:}, {@code classpath:} or {@code base64:}
	 * followed by the content
	 * @return this builder
	 */
	public ServiceUserClientBuilder keyLocation(String keyLocation) {
		return credential(
				Credential.key((prefix, resources) -> KeyReader.json(prefix, keyLocation, resources.resourceLoader())));
	}

	/**
	 * Authenticate with a key pair of one's own, whose public key was uploaded.
	 * @param userId numeric id of the service user
	 * @param keyId id that ZITADEL gave to the public key
	 * @param privateKeyLocation where the private key is, as PEM
	 * @return this builder
	 */
	public ServiceUserClientBuilder keyPair(@Nullable String userId, @Nullable String keyId,
			String privateKeyLocation) {
		return credential(Credential.key((prefix, resources) -> KeyReader.pem(prefix, userId, keyId, privateKeyLocation,
				resources.resourceLoader())));
	}

	/**
	 * Authenticate with a key that is read by other means.
	 * @param reader reads the key
	 * @return this builder
	 */
	public ServiceUserClientBuilder key(KeyReader reader) {
		return credential(Credential.key((prefix, resources) -> reader));
	}

	/**
	 * Authenticate with a client secret.
	 * @param clientId the user name of the service user, not its id
	 * @param secret the secret, which nothing here shows
	 * @return this builder
	 */
	public ServiceUserClientBuilder clientSecret(@Nullable String clientId, String secret) {
		return credential(Credential.clientSecret(clientId,
				(prefix, resources) -> SecretReader.of(CredentialKind.CLIENT_SECRET, prefix, secret)));
	}

	/**
	 * Authenticate with a client secret that is read at each token request, so that one
	 * that was replaced is used without a restart.
	 * @param clientId the user name of the service user, not its id
	 * @param location where the secret is, written like the location of a key
	 * @return this builder
	 */
	public ServiceUserClientBuilder clientSecretLocation(@Nullable String clientId, String location) {
		return credential(Credential.clientSecret(clientId, (prefix, resources) -> SecretReader
			.at(CredentialKind.CLIENT_SECRET, prefix, location, resources.resourceLoader())));
	}

	/**
	 * Send a personal access token as it is. Nothing is requested of ZITADEL, and scopes
	 * have no effect.
	 * @param token the token, which nothing here shows
	 * @return this builder
	 */
	public ServiceUserClientBuilder personalAccessToken(String token) {
		return credential(Credential.personalAccessToken(
				(prefix, resources) -> SecretReader.of(CredentialKind.PERSONAL_ACCESS_TOKEN, prefix, token)));
	}

	/**
	 * Send a personal access token as it is. It is read again about once an hour and when
	 * a server rejects it. Nothing is requested of ZITADEL, and scopes have no effect.
	 * @param location where the token is, written like the location of a key
	 * @return this builder
	 */
	public ServiceUserClientBuilder personalAccessTokenLocation(String location) {
		return credential(Credential.personalAccessToken((prefix, resources) -> SecretReader
			.at(CredentialKind.PERSONAL_ACCESS_TOKEN, prefix, location, resources.resourceLoader())));
	}

	/**
	 * Obtain tokens by a grant of one's own.
	 * @param grant how to request a token
	 * @return this builder
	 */
	public ServiceUserClientBuilder grant(TokenGrant grant) {
		return credential(Credential.grant(grant));
	}

	/**
	 * Take tokens from elsewhere: nothing is requested, refreshed or closed here.
	 * @param tokenSource where they come from
	 * @return this builder
	 */
	public ServiceUserClientBuilder tokenSource(TokenSource tokenSource) {
		this.tokenSource = tokenSource;
		return this;
	}

	/**
	 * Set the scopes to ask for.
	 * @param scopes the scopes
	 * @return this builder
	 */
	public ServiceUserClientBuilder scopes(Collection<String> scopes) {
		this.scopes = List.copyOf(scopes);
		return this;
	}

	/**
	 * Set whether to ask for the audience of ZITADEL's own APIs.
	 * @param apiAccess whether to ask for it
	 * @return this builder
	 */
	public ServiceUserClientBuilder apiAccess(boolean apiAccess) {
		this.apiAccess = apiAccess;
		return this;
	}

	/**
	 * Set the projects whose audience to ask for.
	 * @param projectIds their ids
	 * @return this builder
	 */
	public ServiceUserClientBuilder projectIds(Collection<String> projectIds) {
		this.projectIds = List.copyOf(projectIds);
		return this;
	}

	/**
	 * Set whether to ask for the roles in those projects.
	 * @param projectRoles whether to ask for them
	 * @return this builder
	 */
	public ServiceUserClientBuilder projectRoles(boolean projectRoles) {
		this.projectRoles = projectRoles;
		return this;
	}

	/**
	 * Set the hosts that the token may be sent to, besides the issuer's own origin.
	 * @param hosts such as {@code api.example.com} or {@code *.example.com}
	 * @return this builder
	 */
	public ServiceUserClientBuilder allowedHosts(String... hosts) {
		return allowedHosts(List.of(hosts));
	}

	/**
	 * Set the hosts that the token may be sent to, besides the issuer's own origin.
	 * @param hosts such as {@code api.example.com} or {@code *.example.com}
	 * @return this builder
	 */
	public ServiceUserClientBuilder allowedHosts(Collection<String> hosts) {
		this.allowedHosts = List.copyOf(hosts);
		return this;
	}

	/**
	 * Set where the token may be sent to, the issuer's own origin included or not.
	 * @param hosts the allowed hosts
	 * @return this builder
	 */
	public ServiceUserClientBuilder allowedHosts(AllowedHosts hosts) {
		this.hosts = hosts;
		return this;
	}

	/**
	 * Set whether the clients follow redirects, with the token, to where that may go.
	 * @param followRedirects whether to follow
	 * @return this builder
	 */
	public ServiceUserClientBuilder followRedirects(boolean followRedirects) {
		this.followRedirects = followRedirects;
		return this;
	}

	/**
	 * Set the numbers in the life of a token.
	 * @param policy the policy
	 * @return this builder
	 */
	public ServiceUserClientBuilder refreshPolicy(RefreshPolicy policy) {
		this.refreshPolicy = policy;
		return this;
	}

	/**
	 * Change some of the numbers in the life of a token.
	 * @param change takes the policy that was set before, and returns another
	 * @return this builder
	 */
	public ServiceUserClientBuilder refreshPolicy(UnaryOperator<RefreshPolicy> change) {
		return refreshPolicy(change.apply(this.refreshPolicy));
	}

	/**
	 * Set how long to wait for a connection to ZITADEL.
	 * @param timeout the time, which is positive
	 * @return this builder
	 */
	public ServiceUserClientBuilder connectTimeout(Duration timeout) {
		this.connectTimeout = timeout;
		return this;
	}

	/**
	 * Set how long to wait for an answer of ZITADEL.
	 * @param timeout the time, which is positive
	 * @return this builder
	 */
	public ServiceUserClientBuilder readTimeout(Duration timeout) {
		this.readTimeout = timeout;
		return this;
	}

	/**
	 * Add one who is told of each event in the life of this user's token.
	 * @param listener the listener
	 * @return this builder
	 */
	public ServiceUserClientBuilder tokenListener(TokenListener listener) {
		this.tokenListeners.add(listener);
		return this;
	}

	/**
	 * Add one who is told what happens to this user's key.
	 * @param listener the listener
	 * @return this builder
	 */
	public ServiceUserClientBuilder keyListener(KeyListener listener) {
		this.keyListeners.add(listener);
		return this;
	}

	/**
	 * Set how token requests are named where they are observed.
	 * @param convention the convention, or {@code null} for the default
	 * @return this builder
	 */
	public ServiceUserClientBuilder observationConvention(@Nullable TokenRequestObservationConvention convention) {
		this.observationConvention = convention;
		return this;
	}

	/**
	 * Set what this user shares with others. Without it, it has resources of its own,
	 * which are closed with it.
	 * @param shared the resources, which stay open when the user is closed
	 * @return this builder
	 */
	public ServiceUserClientBuilder sharedResources(SharedResources shared) {
		this.shared = shared;
		return this;
	}

	/**
	 * Add who is given the user as soon as it is built. If that fails, the user is closed
	 * and not built.
	 * @param action takes the user
	 * @return this builder
	 */
	public ServiceUserClientBuilder onBuild(Consumer<ServiceUserClient> action) {
		this.onBuild.add(action);
		return this;
	}

	/**
	 * Add what is to happen when the user is closed, after its requests were ended.
	 * @param action what to do, once
	 * @return this builder
	 */
	public ServiceUserClientBuilder onClose(Runnable action) {
		this.onClose.add(action::run);
		return this;
	}

	/**
	 * Change the {@link RestClient} of this user. A request factory that is set here must
	 * not follow redirects.
	 * @param customizer takes the builder, to which only what authorizes is added later
	 * @return this builder
	 */
	public ServiceUserClientBuilder restClient(Consumer<RestClient.Builder> customizer) {
		this.restClient.add(customizer);
		return this;
	}

	/**
	 * Change the {@link WebClient} of this user. A connector that is set here must not
	 * follow redirects.
	 * @param customizer takes the builder, to which only what authorizes is added later
	 * @return this builder
	 */
	public ServiceUserClientBuilder webClient(Consumer<WebClient.Builder> customizer) {
		this.webClient.add(customizer);
		return this;
	}

	/**
	 * Change the client for token requests of this user.
	 * @param customizer takes the builder, as a {@link TokenRequestClientCustomizer} does
	 * @return this builder
	 */
	public ServiceUserClientBuilder tokenRequestClient(Consumer<RestClient.Builder> customizer) {
		this.tokenRequestClient.add(customizer);
		return this;
	}

	/**
	 * Change the client library for token requests of this user, which then has
	 * connections of its own for them.
	 * @param customizer takes what makes the request factory, and returns the same or
	 * another, as a {@link TokenRequestFactoryBuilderCustomizer} does
	 * @return this builder
	 */
	public ServiceUserClientBuilder tokenRequestFactoryBuilder(
			UnaryOperator<ClientHttpRequestFactoryBuilder<?>> customizer) {
		this.tokenRequestFactoryBuilder.add(customizer);
		return this;
	}

	/**
	 * Build the user. The credential is read here; the network is not used.
	 * @return a new service user, to be closed by the caller
	 * @throws MissingPropertyException if there is no issuer or no credential
	 * @throws InvalidConfigurationPropertyValueException if a value cannot be used
	 * @throws InvalidHeaderException if a header cannot be sent
	 * @throws AuthorizedTokenRequestException if the client for token requests was to
	 * call out as a service user
	 * @throws InvalidCredentialException if the credential cannot be read
	 */
	public ServiceUserClient build() {
		SharedResources shared = (this.shared != null) ? this.shared : SharedResources.create();
		List<AutoCloseable> owned = new ArrayList<>();
		try {
			ServiceUserParts parts = new ServiceUserAssembly(this, shared).parts(owned);
			// What was requested is ended before what watches it.
			owned.addAll(this.onClose);
			if (this.shared == null) {
				owned.add(shared);
			}
			return announced(new ServiceUserClient(parts, Closing.once(owned)));
		}
		catch (RuntimeException | Error ex) {
			if (this.shared == null) {
				Closing.quietly(shared);
			}
			throw ex;
		}
	}

	private ServiceUserClient announced(ServiceUserClient client) {
		try {
			this.onBuild.forEach((action) -> action.accept(client));
			return client;
		}
		catch (RuntimeException | Error ex) {
			client.close();
			throw ex;
		}
	}

	private ServiceUserClientBuilder credential(Credential credential) {
		if (this.credential != null) {
			throw new IllegalStateException(
					"The service user '" + this.name + "' has a credential already, and needs no more than one");
		}
		this.credential = credential;
		return this;
	}

}
