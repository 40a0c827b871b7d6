// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

/**
 * Configuration properties of one service user. What is not set is {@code null} here, and
 * left to the builder of the user, which has the defaults. Locations are bound as text,
 * since Boot's own conversion shows a malformed {@code base64:} value whole in its error.
 *
 * @param enabled Whether to obtain tokens and contribute clients.
 * @param issuerUri URL of the ZITADEL instance, as in a browser.
 * @param keyLocation Location of the JSON key file that ZITADEL's console offers for
 * download: a path, 'file:', 'classpath:' or 'base64:' followed by its content.
 * @param userId Numeric ID of the service user, for a key pair of one's own.
 * @param keyId ID that ZITADEL gave to the public key, for a key pair of one's own.
 * @param privateKeyLocation Location of the private key as PEM, for a key pair of one's
 * own; written like key-location.
 * @param clientId User name of the service user, for a client secret.
 * @param clientSecret Client secret of the service user.
 * @param clientSecretLocation Location of a file with the client secret; written like
 * key-location.
 * @param personalAccessToken Personal access token of the service user, which is sent as
 * it is.
 * @param personalAccessTokenLocation Location of a file with the personal access token;
 * written like key-location.
 * @param scopes Scopes to ask for.
 * @param apiAccess Whether to ask for the audience of ZITADEL's own APIs.
 * @param projectIds IDs of the projects whose audience to ask for.
 * @param projectRoles Whether to ask for the roles in those projects.
 * @param allowedHosts Hosts that the token may be sent to, besides the issuer's own
 * origin: 'api.example.com', 'api.example.com:8443' or '*.example.com'.
 * @param followRedirects Whether our clients follow redirects, with the token, to hosts
 * that it may be sent to.
 * @param httpServiceGroups Names of the HTTP service groups whose clients call out as the
 * service user.
 * @param grpcChannels Names of the gRPC channels whose calls are made as the service
 * user.
 * @param baseUrl Internal address of the same ZITADEL instance, if it is not reached by
 * the issuer's.
 * @param headers Headers for what stands before ZITADEL, by name: sent with each request
 * to the issuer or base-url, and to no other host.
 * @param requireHttps Whether to refuse plain http, except to this machine and to
 * base-url.
 * @param refreshAt Part of a token's lifetime after which it is refreshed.
 * @param keepWarm Whether to refresh the token without traffic too.
 * @param connectTimeout Time to wait for a connection to ZITADEL.
 * @param readTimeout Time to wait for an answer of ZITADEL.
 * @param tokenTimeout Time that a call waits for a token at most, all attempts together.
 * @param verifyOnStartup Whether to obtain a token and ask for the userinfo before the
 * application is ready, and to stop it if that fails.
 * @since 0.1.0
 */
@ConfigurationProperties(ZitadelServiceUserProperties.PREFIX)
public record ZitadelServiceUserProperties(@Nullable Boolean enabled, @Nullable String issuerUri,
		@Nullable String keyLocation, @Nullable String userId, @Nullable String keyId,
		@Nullable String privateKeyLocation, @Nullable String clientId, @Nullable String clientSecret,
		@Nullable String clientSecretLocation, @Nullable String personalAccessToken,
		@Nullable String personalAccessTokenLocation, @Nullable List<String> scopes, @Nullable Boolean apiAccess,
		@Nullable List<String> projectIds, @Nullable Boolean projectRoles, @Nullable List<String> allowedHosts,
		@Nullable Boolean followRedirects, @Nullable List<String> httpServiceGroups,
		@Nullable List<String> grpcChannels, @Nullable String baseUrl, @Nullable Map<String, String> headers,
		@Nullable Boolean requireHttps, @Nullable Double refreshAt, @Nullable Boolean keepWarm,
		@Nullable Duration connectTimeout, @Nullable Duration readTimeout, @Nullable Duration tokenTimeout,
		@Nullable Boolean verifyOnStartup) {

	/**
	 * The prefix of the properties of the service user that needs no name.
	 */
	public static final String PREFIX = "zitadel.service-user";

	/**
	 * The names of the properties that are credentials or say where one is. A service
	 * user has one of them.
	 */
	public static final List<String> CREDENTIALS = List.of("key-location", "private-key-location", "client-secret",
			"client-secret-location", "personal-access-token", "personal-access-token-location");

	/**
	 * Nothing set.
	 */
	static final ZitadelServiceUserProperties NONE = new ZitadelServiceUserProperties(null, null, null, null, null,
			null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
			null, null, null, null, null);

	/**
	 * Create new properties.
	 */
	public ZitadelServiceUserProperties {
		headers = ConfiguredHeaders.of(headers);
	}

	/**
	 * Return what holds for a named user: what it does not say is taken from the unnamed
	 * one where it tells how ZITADEL is reached, and never where it tells who one is or
	 * where one may go. The internal address belongs to an issuer and goes with it; so do
	 * headers with the address that they are for, which are secrets of what stands there.
	 * @param unnamed the properties of the unnamed user
	 * @return the properties that hold
	 */
	ZitadelServiceUserProperties inheriting(ZitadelServiceUserProperties unnamed) {
		boolean ownIssuer = StringUtils.hasText(this.issuerUri);
		boolean ownAddress = ownIssuer || this.baseUrl != null;
		return new ZitadelServiceUserProperties(this.enabled, ownIssuer ? this.issuerUri : unnamed.issuerUri,
				this.keyLocation, this.userId, this.keyId, this.privateKeyLocation, this.clientId, this.clientSecret,
				this.clientSecretLocation, this.personalAccessToken, this.personalAccessTokenLocation, this.scopes,
				this.apiAccess, this.projectIds, this.projectRoles, this.allowedHosts, this.followRedirects,
				this.httpServiceGroups, this.grpcChannels, ownAddress ? this.baseUrl : unnamed.baseUrl,
				ownAddress ? this.headers : ConfiguredHeaders.merge(unnamed.headers, this.headers),
				or(this.requireHttps, unnamed.requireHttps), or(this.refreshAt, unnamed.refreshAt),
				or(this.keepWarm, unnamed.keepWarm), or(this.connectTimeout, unnamed.connectTimeout),
				or(this.readTimeout, unnamed.readTimeout), or(this.tokenTimeout, unnamed.tokenTimeout),
				or(this.verifyOnStartup, unnamed.verifyOnStartup));
	}

	/**
	 * Return whether a credential is named, rightly or wrongly.
	 */
	boolean hasCredential() {
		return !credentials().isEmpty();
	}

	/**
	 * Return which properties are set that name a credential, one for each way to
	 * authenticate: of {@link #CREDENTIALS}, and what belongs to one of these that is not
	 * there.
	 */
	List<String> credentials() {
		List<String> set = new ArrayList<>();
		addIfSet("key-location", this.keyLocation, set);
		if (!addIfSet("private-key-location", this.privateKeyLocation, set) && !addIfSet("user-id", this.userId, set)) {
			addIfSet("key-id", this.keyId, set);
		}
		boolean secret = addIfSet("client-secret", this.clientSecret, set);
		if (!addIfSet("client-secret-location", this.clientSecretLocation, set) && !secret) {
			addIfSet("client-id", this.clientId, set);
		}
		addIfSet("personal-access-token", this.personalAccessToken, set);
		addIfSet("personal-access-token-location", this.personalAccessTokenLocation, set);
		return set;
	}

	private static boolean addIfSet(String name, @Nullable String value, List<String> set) {
		return StringUtils.hasText(value) && set.add(name);
	}

	boolean isAnythingSet() {
		return !equals(new ZitadelServiceUserProperties(this.enabled, null, null, null, null, null, null, null, null,
				null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
				null, null));
	}

	boolean isEnabled() {
		return !Boolean.FALSE.equals(this.enabled);
	}

	private static <T> @Nullable T or(@Nullable T own, @Nullable T other) {
		return (own != null) ? own : other;
	}

	/**
	 * Leaves out the credentials, and locations, which may hold a key.
	 */
	@Override
	public String toString() {
		return "ZitadelServiceUserProperties[issuerUri=" + this.issuerUri + ", scopes=" + this.scopes + "]";
	}

}
