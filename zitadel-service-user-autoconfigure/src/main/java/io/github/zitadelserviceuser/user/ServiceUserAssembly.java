// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.github.zitadelserviceuser.client.CallHints;
import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.grant.ScopeCheck;
import io.github.zitadelserviceuser.logging.TokenLog;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.Origin;
import io.github.zitadelserviceuser.observation.ObservedTokenGrant;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClient;

/**
 * Puts the parts of one service user together, in the order in which they need each
 * other: the server, where tokens may go, the credential, and what keeps a token at hand.
 */
final class ServiceUserAssembly {

	private static final Log logger = LogFactory.getLog(ServiceUserClient.class);

	private final ServiceUserClientBuilder user;

	private final SharedResources shared;

	private final String prefix;

	ServiceUserAssembly(ServiceUserClientBuilder user, SharedResources shared) {
		this.user = user;
		this.shared = shared;
		this.prefix = ServiceUserName.propertyPrefix(user.name);
	}

	/**
	 * Make the parts of the user.
	 * @param owned where to add what is to be closed with it
	 * @return the parts
	 */
	ServiceUserParts parts(List<AutoCloseable> owned) {
		AuthorizationServer server = server();
		AllowedHosts allowedHosts = (this.user.hosts != null) ? this.user.hosts : allowedHosts(server);
		Set<String> scopes = RequestedScopes.of(this.user.scopes, this.user.apiAccess, this.user.projectIds,
				this.user.projectRoles);
		ServiceUserParts unauthenticated = new ServiceUserParts(this.user.name, server, scopes, null, allowedHosts,
				this.user.tokenSource, null, this.user.refreshPolicy, null, null, this.user.followRedirects,
				this.shared, List.copyOf(this.user.restClient), List.copyOf(this.user.webClient));
		if (this.user.tokenSource != null) {
			return unauthenticated;
		}
		List<TokenListener> listeners = new ArrayList<>(this.user.tokenListeners);
		List<AutoCloseable> connections = new ArrayList<>();
		Authentication authentication = authentication(server, scopes, listeners, connections);
		RefreshingTokenSource tokens = tokenSource(authentication, listeners);
		owned.add(tokens);
		// A request that is ended is no request that fails.
		owned.addAll(connections);
		// Of tokens that are not requested with these scopes they say nothing.
		CallHints hints = authentication.usesScopes()
				? new CallHints(this.prefix, List.of(server.issuer(), server.baseUrl()), scopes) : null;
		return unauthenticated.with(authentication, tokens, hints);
	}

	private AuthorizationServer server() {
		if (this.user.server != null) {
			return this.user.server;
		}
		if (!StringUtils.hasText(this.user.issuerUri)) {
			throw new MissingPropertyException(this.prefix + ".issuer-uri",
					"the URL of the ZITADEL instance as it stands in a browser, such as "
							+ "https://my-instance.zitadel.cloud"
							+ (this.user.name.equals(ServiceUserClient.DEFAULT_NAME) ? ""
									: "; where all are of one instance, set '"
											+ ServiceUserName.propertyPrefix(ServiceUserClient.DEFAULT_NAME)
											+ ".issuer-uri' instead"));
		}
		return AuthorizationServer.of(this.prefix, this.user.issuerUri, this.user.baseUrl, this.user.requireHttps)
			.withHeaders(this.user.headers);
	}

	private AllowedHosts allowedHosts(AuthorizationServer server) {
		Set<Origin> origins = new LinkedHashSet<>();
		origins.add(Origin.of(server.baseUrl()));
		Origin issuer = Origin.of(server.issuer());
		if (issuer.isSecure() || !this.user.requireHttps) {
			origins.add(issuer);
		}
		try {
			return new AllowedHosts(this.prefix, origins, this.user.allowedHosts, this.user.requireHttps);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(this.prefix + ".allowed-hosts", this.user.allowedHosts,
					ex.getMessage());
		}
	}

	private Authentication authentication(AuthorizationServer server, Set<String> scopes, List<TokenListener> listeners,
			List<AutoCloseable> connections) {
		if (this.user.credential == null) {
			throw new MissingPropertyException(this.prefix + ".key-location",
					"the location of the JSON key file that ZITADEL's console offers for download when a key "
							+ "of the service user is created. Or use another credential: '" + this.prefix
							+ ".private-key-location' with '" + this.prefix + ".user-id' and '" + this.prefix
							+ ".key-id' for a key pair of your own, '" + this.prefix + ".client-id' with '"
							+ this.prefix + ".client-secret-location' or '" + this.prefix + ".client-secret', or '"
							+ this.prefix + ".personal-access-token-location' or '" + this.prefix
							+ ".personal-access-token'");
		}
		Authentication authentication = this.user.credential.authentication(new Credential.Context(
				ServiceUserName.describe(this.user.name), this.prefix, server, scopes, tokenRequestClient(connections),
				new ArrayList<>(this.user.keyListeners), listeners, this.shared));
		if (authentication.usesScopes()) {
			ScopeCheck.warnings(this.prefix, scopes).forEach(logger::warn);
		}
		return authentication;
	}

	private RestClient tokenRequestClient(List<AutoCloseable> connections) {
		TokenRequestClient client = this.shared.tokenRequestClient(
				positive(this.prefix + ".connect-timeout", this.user.connectTimeout),
				positive(this.prefix + ".read-timeout", this.user.readTimeout), this.user.refreshPolicy.tokenTimeout(),
				List.copyOf(this.user.tokenRequestFactoryBuilder));
		if (!this.user.tokenRequestFactoryBuilder.isEmpty()) {
			connections.add(client::destroy);
		}
		List<Consumer<RestClient.Builder>> customizers = new ArrayList<>(this.shared.tokenRequestClient());
		customizers.addAll(this.user.tokenRequestClient);
		return client.restClient(this.user.name, this.shared.observationRegistry(), customizers);
	}

	private RefreshingTokenSource tokenSource(Authentication authentication, List<TokenListener> listeners) {
		LateStatus status = new LateStatus();
		var builder = RefreshingTokenSource
			.builder(new ObservedTokenGrant(this.user.name, authentication.grant(), this.shared.observationRegistry(),
					this.user.observationConvention))
			.policy(policy(authentication))
			.callerContext(this.shared.callerContext())
			.time(this.shared.clock(), System::nanoTime)
			.tasks(new OwnTasks(this.shared.tasks()));
		listeners.forEach(builder::listener);
		builder.listener(new TokenLog(ServiceUserName.describe(this.user.name), status, this.shared.clock(),
				!authentication.isTokenItself()));
		if (this.shared.isPresent("reactor.core.scheduler.Schedulers")) {
			builder.nonBlockingThread(Schedulers::isInNonBlockingThread);
		}
		return status.of(builder.build());
	}

	private RefreshPolicy policy(Authentication authentication) {
		RefreshPolicy policy = this.user.refreshPolicy;
		// To look at where a personal access token is costs no request: the first 401
		// may cause it, and tells that there is no other one.
		return authentication.isTokenItself() ? policy.withShortestHold(Duration.ZERO) : policy;
	}

	/**
	 * Zero would mean no limit to some clients and an error at the first call to others.
	 * @param property the full name of the property
	 * @param timeout its value
	 * @return the value
	 */
	private static Duration positive(String property, Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new InvalidConfigurationPropertyValueException(property, timeout, "It must be positive");
		}
		return timeout;
	}

}
