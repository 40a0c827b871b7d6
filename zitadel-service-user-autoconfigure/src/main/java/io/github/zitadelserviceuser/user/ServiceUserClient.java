// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.client.CallHints;
import io.github.zitadelserviceuser.client.IssuerHeaders;
import io.github.zitadelserviceuser.client.ServiceUserClientHttpRequestFactory;
import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;
import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;
import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.grant.UserInfoEndpoint;
import io.github.zitadelserviceuser.key.CredentialInUse;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.token.TokenStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * One service user, put together: its token, where that may go, and the clients that call
 * out with it. It needs no application context:
 *
 * <pre class="code">
 * try (ServiceUserClient user = ServiceUserClient.builder()
 * 	.issuerUri("https://my-instance.zitadel.cloud")
 * 	.keyLocation("file:/etc/secrets/zitadel-key.json")
 * 	.allowedHosts("api.example.com")
 * 	.build()) {
 * 	user.restClient().get().uri("https://api.example.com/orders")...
 * }
 * </pre>
 *
 * The key is read when the user is built, and nothing is sent before somebody needs a
 * token. Instances are safe for use by several threads and are to be closed by whoever
 * built them; those of an application's properties are closed with its context.
 *
 * @since 0.1.0
 * @see ServiceUsers
 */
public final class ServiceUserClient implements AutoCloseable {

	/**
	 * The name of the user that needs none: of {@code zitadel.service-user}.
	 */
	public static final String DEFAULT_NAME = "default";

	private final ServiceUserParts parts;

	private final Runnable onClose;

	private final AtomicReference<@Nullable RestClient> restClient = new AtomicReference<>();

	// Not of its type: a class path may lack it.
	private final AtomicReference<@Nullable Object> webClient = new AtomicReference<>();

	ServiceUserClient(ServiceUserParts parts, Runnable onClose) {
		this.parts = parts;
		this.onClose = onClose;
	}

	/**
	 * Return the prefix of the properties that describe a user.
	 * @param name the name of the user
	 * @return such as {@code zitadel.service-users.billing}
	 */
	public static String propertyPrefix(String name) {
		return ServiceUserName.propertyPrefix(name);
	}

	/**
	 * Start to build a service user.
	 * @return a builder
	 */
	public static ServiceUserClientBuilder builder() {
		return new ServiceUserClientBuilder();
	}

	/**
	 * Return the same user with tokens from elsewhere. To close it is to close this one.
	 * @param tokenSource where the tokens come from
	 * @return another view of this user
	 */
	@SuppressWarnings("ReferenceEquality") // one that is equal is another one
	public ServiceUserClient withTokenSource(TokenSource tokenSource) {
		return (tokenSource == this.parts.tokenSource()) ? this
				: new ServiceUserClient(this.parts.withTokenSource(tokenSource), this.onClose);
	}

	/**
	 * Return the name by which the application knows this user.
	 * @return the name, {@value #DEFAULT_NAME} if it was given none
	 */
	public String name() {
		return this.parts.name();
	}

	/**
	 * Return where the raw token comes from, for those who put it on a call themselves.
	 * @return the token source
	 */
	public TokenSource tokenSource() {
		return this.parts.tokenSource();
	}

	/**
	 * Return the numbers in the life of a token.
	 * @return the policy
	 */
	public RefreshPolicy refreshPolicy() {
		return this.parts.refreshPolicy();
	}

	/**
	 * Return where the token may be sent to.
	 * @return the allowed hosts
	 */
	public AllowedHosts allowedHosts() {
		return this.parts.allowedHosts();
	}

	/**
	 * Return who issues the tokens, and where.
	 * @return the authorization server
	 */
	public AuthorizationServer authorizationServer() {
		return this.parts.server();
	}

	/**
	 * Return what a request to the issuer gets beside the token, for those who make an
	 * interceptor or call credentials of their own.
	 * @return the headers, or {@code null} if there are none
	 */
	public @Nullable IssuerHeaders issuerHeaders() {
		return this.parts.issuerHeaders();
	}

	/**
	 * Return what is held and what is under way. This causes no token request.
	 * @return a snapshot, or {@code null} if the token source is the application's own
	 */
	public @Nullable TokenStatus status() {
		RefreshingTokenSource watched = this.parts.watched();
		return (watched != null) ? watched.status() : null;
	}

	/**
	 * Return the key in use, for those who watch it.
	 * @return the key, or {@code null} if this user authenticates by other means
	 */
	public @Nullable LastGoodKey key() {
		return (credential() instanceof LastGoodKey key) ? key : null;
	}

	/**
	 * Return what this user authenticates with, for those who watch it.
	 * @return the credential, without anything secret, or {@code null} if it is the
	 * application's own business
	 */
	public @Nullable CredentialInUse credential() {
		return this.parts.credential();
	}

	/**
	 * Return the scopes that tokens are requested with.
	 * @return the scopes, in the order in which they are sent
	 */
	public Set<String> scopes() {
		return this.parts.scopes();
	}

	/**
	 * Return the userinfo endpoint, by which to learn as whom this user authenticates.
	 * @return the endpoint, or {@code null} if tokens are the application's own business
	 */
	public @Nullable UserInfoEndpoint userInfoEndpoint() {
		return this.parts.userInfoEndpoint();
	}

	/**
	 * Return a client whose calls are made as this user, always the same one.
	 * @return the client
	 */
	public RestClient restClient() {
		return once(this.restClient, () -> RestClients.of(this.parts, requestFactory()));
	}

	/**
	 * Return a client whose calls are made as this user, always the same one.
	 * @return the client
	 */
	public WebClient webClient() {
		return (WebClient) once(this.webClient, () -> WebClients.of(this.parts, filter()));
	}

	/**
	 * Return what makes the requests of a {@code RestClient} or {@code RestTemplate} of
	 * one's own, by the client library that all users share.
	 * @return a new request factory, which needs not be closed
	 */
	public ServiceUserClientHttpRequestFactory requestFactory() {
		return requestFactory(this.parts.shared().requestFactory());
	}

	/**
	 * Return the same around another request factory, which must not follow redirects.
	 * @param requestFactory what makes the requests that are sent
	 * @return a new request factory
	 */
	public ServiceUserClientHttpRequestFactory requestFactory(ClientHttpRequestFactory requestFactory) {
		return new ServiceUserClientHttpRequestFactory(requestFactory, this.parts.tokenSource(),
				this.parts.allowedHosts(), issuerHeaders())
			.withHints(this.parts.hints())
			.withFollowRedirects(this.parts.followRedirects());
	}

	/**
	 * Return what authorizes the requests of a {@code RestClient} or {@code RestTemplate}
	 * of one's own whose request factory cannot be {@link #requestFactory()}. It must not
	 * follow redirects.
	 * @return a new interceptor
	 */
	public ServiceUserHttpRequestInterceptor interceptor() {
		return new ServiceUserHttpRequestInterceptor(this.parts.tokenSource(), this.parts.allowedHosts(),
				issuerHeaders())
			.withHints(this.parts.hints())
			.withFollowRedirects(this.parts.followRedirects());
	}

	/**
	 * Return what authorizes the requests of a {@code WebClient} of one's own, which must
	 * not follow redirects.
	 * @return a new filter function
	 */
	public ServiceUserExchangeFilterFunction filter() {
		return new ServiceUserExchangeFilterFunction(this.parts.tokenSource(), this.parts.allowedHosts(),
				issuerHeaders())
			.withHints(this.parts.hints())
			.withFollowRedirects(this.parts.followRedirects());
	}

	/**
	 * Return who is told of answers of 401 that another token did not help against, for
	 * those who make an interceptor of their own.
	 * @return the hints, or {@code null} if tokens are the application's own business
	 */
	public @Nullable CallHints hints() {
		return this.parts.hints();
	}

	/**
	 * End what is under way and start nothing more. A held token is served as long as it
	 * can be used. What is shared with other users stays open. To close twice is to close
	 * once.
	 */
	@Override
	public void close() {
		this.onClose.run();
	}

	@Override
	public String toString() {
		return "ServiceUserClient[name=" + name() + ", issuer=" + this.parts.server().issuer() + "]";
	}

	// Built without a lock, since customizers are not ours: who comes second takes what
	// the first has built.
	private static <T> T once(AtomicReference<@Nullable T> place, Supplier<T> build) {
		T present = place.get();
		if (present != null) {
			return present;
		}
		T built = build.get();
		T first = place.compareAndExchange(null, built);
		return (first != null) ? first : built;
	}

}
