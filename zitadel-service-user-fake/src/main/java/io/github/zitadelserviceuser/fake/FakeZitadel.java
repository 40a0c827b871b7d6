// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A ZITADEL in process, as a service user sees it: discovery, token endpoint, userinfo
 * introspection and some API calls, over plain HTTP on a port of the loopback interface.
 * It makes the checks of the real server in the order of the real server and gives the
 * answers of the real server, so a client that works against it sends the right thing;
 * and it can be told to fail, be slow, lock users and have a wrong clock.
 *
 * <p>
 * Start one for a test class, {@link #reset()} it between tests, {@link #close()} it at
 * the end. All methods may be called at any time and from any thread.
 *
 * @since 0.1.0
 * @see <a href="https://zitadel.com/docs/guides/integrate/service-users/private-key-jwt">
 * Private key JWT in ZITADEL's documentation</a>
 */
public final class FakeZitadel implements AutoCloseable {

	private final ShiftedClock clock;

	private final Instance instance;

	private final Hosts hosts;

	private final Gate gate;

	private final FakeEndpoint discovery = new FakeEndpoint("discovery");

	private final FakeEndpoint tokenEndpoint = new FakeEndpoint("token");

	private final FakeEndpoint userInfo = new FakeEndpoint("userinfo");

	private final FakeEndpoint keys = new FakeEndpoint("keys");

	private final FakeEndpoint introspection = new FakeEndpoint("introspection");

	private final FakeEndpoint api = new FakeEndpoint("API");

	private final Generations generations = new Generations();

	private final DiscoveryHandler discoveryHandler;

	private final TokenIssuer tokenIssuer;

	private final TokenHandler tokenHandler;

	private final FakeServiceUser serviceUser;

	private final Map<String, FakeServiceUser> serviceUsers = new ConcurrentHashMap<>();

	private final LoopbackServer server;

	private FakeZitadel(Builder builder) {
		this.clock = new ShiftedClock(builder.clock);
		this.instance = Instance.create(this.clock, builder.organizationDomain);
		this.hosts = new Hosts(builder.domains, builder.externallySecure);
		this.gate = new Gate(this.hosts);
		this.discoveryHandler = new DiscoveryHandler(builder.tokenEndpointPath);
		SigningKey signingKey = new SigningKey(this.instance);
		this.tokenIssuer = new TokenIssuer(this.instance, signingKey);
		this.tokenHandler = new TokenHandler(this.instance, new Scopes(this.instance.organization()), builder.dialect,
				this.tokenIssuer);
		this.serviceUser = createServiceUser("service-user");
		this.server = new LoopbackServer(builder.port, this.clock, router(builder.tokenEndpointPath, signingKey));
	}

	private Router router(String tokenEndpointPath, SigningKey signingKey) {
		UserClaims claims = new UserClaims(this.instance.organization());
		ApiHandler apiHandler = new ApiHandler(this.instance);
		Router router = new Router(this.gate, this.clock, this.generations);
		router.add(DiscoveryHandler.PATH, Surface.OIDC, this.discovery, this.discoveryHandler);
		router.add(SigningKey.PATH, Surface.OIDC, this.keys, signingKey);
		router.add(tokenEndpointPath, Surface.OIDC, this.tokenEndpoint, this.tokenHandler);
		router.add(UserInfoHandler.PATH, Surface.OIDC, this.userInfo, new UserInfoHandler(this.instance, claims));
		router.add(IntrospectionHandler.PATH, Surface.OIDC, this.introspection,
				new IntrospectionHandler(this.instance, claims));
		router.add(RevocationHandler.PATH, Surface.OIDC, new FakeEndpoint("revocation"),
				new RevocationHandler(this.instance));
		for (String path : List.of(ApiHandler.ME_PATH, ApiHandler.USERS_PATH, ApiHandler.USER_PATH,
				ApiHandler.CONNECT_PATH, ApiHandler.MANAGEMENT_PATH)) {
			router.add(path, Surface.of(path), this.api, apiHandler);
		}
		return router;
	}

	/**
	 * Starts one with the defaults, on a free port.
	 * @return a running server
	 */
	public static FakeZitadel start() {
		return builder().start();
	}

	/**
	 * Return a builder for one that differs from the defaults.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the issuer of requests to {@link #url()}: what an application has as its
	 * issuer URI.
	 * @return {@code http://localhost:<port>}, or the same with https if externally
	 * secure
	 */
	public String issuer() {
		return issuer("localhost:" + port());
	}

	/**
	 * Return the issuer of requests that name this host.
	 * @param host a host, with the port if it is not that of the scheme
	 * @return the issuer
	 */
	public String issuer(String host) {
		return this.hosts.issuer(host);
	}

	/**
	 * Return the address on the wire.
	 * @return {@code http://localhost:<port>}
	 */
	public String url() {
		return "http://localhost:" + port();
	}

	/**
	 * Return the port.
	 * @return the port on the loopback interface
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * Return the service user that is there from the start.
	 * @return the user
	 */
	public FakeServiceUser serviceUser() {
		return this.serviceUser;
	}

	/**
	 * Return the service user of this name, which is created at the first call and is one
	 * of the instance from then on: {@link #reset()} puts it back like
	 * {@link #serviceUser()}.
	 * @param userName the user name
	 * @return the same user at every call
	 */
	public FakeServiceUser serviceUser(String userName) {
		return userName.equals(this.serviceUser.userName()) ? this.serviceUser
				: this.serviceUsers.computeIfAbsent(userName, this::createServiceUser);
	}

	/**
	 * Creates another service user, who is the business of the caller: {@link #reset()}
	 * leaves it as it is.
	 * @param userName the user name
	 * @return the user
	 */
	public FakeServiceUser createServiceUser(String userName) {
		return new FakeServiceUser(userName, true, this.instance);
	}

	/**
	 * Creates a user who is a person, and whose keys ZITADEL would not accept.
	 * @param userName the user name
	 * @return the user
	 */
	FakeServiceUser createHumanUser(String userName) {
		return new FakeServiceUser(userName, false, this.instance);
	}

	/**
	 * Creates a project.
	 * @param roles the keys of its roles
	 * @return the project, without any applications
	 */
	public FakeProject createProject(String... roles) {
		return new FakeProject(this.instance, roles);
	}

	/**
	 * Creates a key file of an application: {@code "type":"application"}, with an
	 * {@code appId} and a {@code clientId} but no {@code userId}.
	 * @return the file, which no client can get a token with
	 */
	public KeyFile createApplicationKey() {
		return createProject().createApiApplication().keyFile();
	}

	/**
	 * Return the id of the organization of the users, for organization scopes.
	 * @return the numeric id
	 */
	public String organizationId() {
		return this.instance.organization().id();
	}

	/**
	 * Return the switches of the discovery endpoint.
	 * @return the endpoint
	 */
	public FakeEndpoint discovery() {
		return this.discovery;
	}

	/**
	 * Return the switches of the token endpoint.
	 * @return the endpoint
	 */
	public FakeEndpoint tokenEndpoint() {
		return this.tokenEndpoint;
	}

	/**
	 * Return the switches of the userinfo endpoint.
	 * @return the endpoint
	 */
	public FakeEndpoint userInfo() {
		return this.userInfo;
	}

	/**
	 * Return the switches of the keys by which ID tokens and JWT access tokens are
	 * verified, the {@code jwks_uri} of discovery.
	 * @return the endpoint
	 */
	public FakeEndpoint keys() {
		return this.keys;
	}

	/**
	 * Return the switches of the introspection endpoint.
	 * @return the endpoint
	 */
	public FakeEndpoint introspection() {
		return this.introspection;
	}

	/**
	 * Return the switches of ZITADEL's APIs, {@code GET /auth/v1/users/me},
	 * {@code POST /v2/users}, {@code GET /v2/users/{id}}, the same by Connect, and
	 * {@code GET /management/v1/users/{id}}.
	 * @return the endpoint
	 */
	public FakeEndpoint api() {
		return this.api;
	}

	/**
	 * Changes discovery documents before they are sent, to name a wrong issuer for
	 * example.
	 * @param customizer changes the members of the document
	 */
	public void customizeDiscovery(Consumer<Map<String, Object>> customizer) {
		this.discoveryHandler.customize(customizer);
	}

	/**
	 * Changes successful token responses before they are sent, to leave
	 * {@code expires_in} out for example.
	 * @param customizer changes the members of the response
	 */
	public void customizeTokenResponse(Consumer<Map<String, Object>> customizer) {
		this.tokenHandler.customize(customizer);
	}

	/**
	 * Sets the lifetime of the tokens issued from now on, 12 hours at first.
	 * @param lifetime the lifetime; {@code expires_in} has the whole seconds left of it a
	 * moment later, 43199 of 12 hours, and is absent if there are none
	 */
	public void tokenLifetime(Duration lifetime) {
		this.tokenIssuer.lifetime(lifetime);
	}

	/**
	 * Takes the database away from the server or gives it back. Without it every path
	 * answers 404, as the real server does, whatever the endpoints were told, and tokens
	 * are none the worse afterwards.
	 * @param down whether the database is down
	 */
	public void databaseDown(boolean down) {
		this.gate.databaseDown(down);
	}

	/**
	 * Blocks the instance, as an exhausted quota does, or unblocks it. Every path answers
	 * 429 meanwhile, whatever the endpoints were told, and tokens are none the worse
	 * afterwards.
	 * @param blocked whether the instance is blocked
	 */
	public void instanceBlocked(boolean blocked) {
		this.gate.instanceBlocked(blocked);
	}

	/**
	 * Removes the organization of the users, or puts it back. Meanwhile nobody gets a
	 * token, and tokens are answered 401 by userinfo and 500 by the APIs; they are none
	 * the worse afterwards.
	 * @param removed whether the organization is removed
	 */
	public void organizationRemoved(boolean removed) {
		this.instance.organization().removed(removed);
	}

	/**
	 * Puts the clock of the server forward or back: its checks, its tokens and the
	 * {@code Date} of its answers.
	 * @param offset what to add to the clock it was started with
	 */
	public void clockOffset(Duration offset) {
		this.clock.shift(offset);
	}

	/**
	 * Return the clock of the server.
	 * @return the clock with its offset
	 */
	public Clock clock() {
		return this.clock;
	}

	/**
	 * Return the token requests answered so far, including those that were refused.
	 * Requests still held are in {@link FakeEndpoint#requestCount()} only.
	 * @return a copy, the oldest first
	 */
	public List<RecordedTokenRequest> tokenRequests() {
		return this.tokenHandler.requests();
	}

	/**
	 * Return the tokens issued so far, valid or not.
	 * @return a copy, the oldest first
	 */
	public List<IssuedToken> issuedTokens() {
		return this.instance.tokens().issued();
	}

	/**
	 * Tells whether a token is valid now, for a resource server of the test.
	 * @param accessToken the value of a token
	 * @return whether it was issued or created here, and has not expired or been revoked
	 */
	public boolean isValid(String accessToken) {
		return this.instance.tokens().findValid(accessToken) != null;
	}

	/**
	 * Revokes one token.
	 * @param accessToken the value of the token
	 */
	public void revoke(String accessToken) {
		this.instance.tokens().revoke(accessToken);
	}

	/**
	 * Revokes all tokens, those that were issued and personal ones.
	 */
	public void revokeAllTokens() {
		this.instance.tokens().revokeAll();
	}

	/**
	 * Goes back to normal: cuts off held and delayed requests, undoes what the endpoints,
	 * the clock offset, database, block, organization, the token lifetime and the
	 * customizers were set to, puts {@link #serviceUser()} and those of
	 * {@link #serviceUser(String)} back with their current keys and key files, their last
	 * client secrets and their personal access tokens, even if they were removed, and
	 * forgets counts and records. A request that arrived before leaves no trace after.
	 * Other users, other keys and valid tokens stay as they are.
	 */
	public void reset() {
		this.generations.next(this::goBackToNormal);
	}

	private void goBackToNormal() {
		List.of(this.discovery, this.tokenEndpoint, this.userInfo, this.keys, this.introspection, this.api)
			.forEach(FakeEndpoint::reset);
		this.clock.shift(Duration.ZERO);
		this.gate.databaseDown(false);
		this.gate.instanceBlocked(false);
		this.instance.organization().removed(false);
		this.tokenIssuer.lifetime(TokenIssuer.DEFAULT_LIFETIME);
		this.tokenHandler.reset();
		this.discoveryHandler.customize(Json::unchanged);
		this.instance.tokens().forgetIssued();
		this.serviceUser.restore();
		this.serviceUsers.values().forEach(FakeServiceUser::restore);
	}

	InetSocketAddress address() {
		return this.server.address();
	}

	/**
	 * Stops listening, cuts connections, ends its threads and deletes the files of its
	 * keys and secrets.
	 */
	@Override
	public void close() {
		this.server.close();
		this.instance.files().close();
	}

	@Override
	public String toString() {
		return "FakeZitadel[" + url() + "]";
	}

	/**
	 * Builds a {@link FakeZitadel} that differs from the defaults.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final Set<String> domains = new LinkedHashSet<>(Set.of("localhost"));

		private Dialect dialect = Dialect.SERVER_ERROR;

		private Clock clock = Clock.systemUTC();

		private int port;

		private String tokenEndpointPath = "/oauth/v2/token";

		private String organizationDomain = "zitadel.localhost";

		private boolean externallySecure;

		private Builder() {
		}

		/**
		 * Sets how a bad assertion is answered.
		 * @param dialect the dialect, {@link Dialect#SERVER_ERROR} by default
		 * @return this builder
		 */
		public Builder dialect(Dialect dialect) {
			this.dialect = dialect;
			return this;
		}

		/**
		 * Sets the clock of the server.
		 * @param clock the clock, that of the system by default
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Sets the port.
		 * @param port the port, 0 for any free one, which is the default
		 * @return this builder
		 */
		public Builder port(int port) {
			this.port = port;
			return this;
		}

		/**
		 * Adds an external domain of the instance. Requests name it in {@code Host} or in
		 * {@code x-zitadel-instance-host}, with any port.
		 * @param domain a host name without a port
		 * @return this builder
		 */
		public Builder withDomain(String domain) {
			this.domains.add(domain.toLowerCase(Locale.ROOT));
			return this;
		}

		/**
		 * Sets the primary domain of the organization of the users.
		 * @param organizationDomain the domain, {@code zitadel.localhost} by default
		 * @return this builder
		 */
		public Builder organizationDomain(String organizationDomain) {
			this.organizationDomain = organizationDomain;
			return this;
		}

		/**
		 * Sets the path of the token endpoint.
		 * @param path the path, {@code /oauth/v2/token} by default
		 * @return this builder
		 */
		public Builder tokenEndpointPath(String path) {
			this.tokenEndpointPath = path;
			return this;
		}

		/**
		 * Sets whether something in front of the instance speaks TLS: the issuer has the
		 * scheme https then, though the server itself goes on with plain HTTP.
		 * @param externallySecure whether the issuer is https, false by default
		 * @return this builder
		 */
		public Builder externallySecure(boolean externallySecure) {
			this.externallySecure = externallySecure;
			return this;
		}

		/**
		 * Starts the server.
		 * @return a running server
		 */
		public FakeZitadel start() {
			return new FakeZitadel(this);
		}

	}

}
