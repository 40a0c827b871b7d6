// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.github.zitadelserviceuser.token.RefreshPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * Configuration properties of the service user. Locations are bound as text, since Boot's
 * own conversion shows a malformed {@code base64:} value whole in its error.
 *
 * @param enabled Whether to obtain tokens and contribute clients.
 * @param issuerUri URL of the ZITADEL instance, as in a browser.
 * @param keyLocation Location of the JSON key file that ZITADEL's console offers for
 * download: a path, 'file:', 'classpath:' or 'base64:' followed by its content.
 * @param userId Numeric ID of the service user, for a key pair of one's own.
 * @param keyId ID that ZITADEL gave to the public key, for a key pair of one's own.
 * @param privateKeyLocation Location of the private key as PEM, for a key pair of one's
 * own; written like key-location.
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
// @formatter:off: it breaks a header with braces in it
public record ZitadelServiceUserProperties(@DefaultValue("true") boolean enabled, @Nullable String issuerUri,
		@Nullable String keyLocation, @Nullable String userId, @Nullable String keyId,
		@Nullable String privateKeyLocation, @DefaultValue({ "openid", "profile", "email" }) List<String> scopes,
		@DefaultValue("false") boolean apiAccess, @DefaultValue List<String> projectIds,
		@DefaultValue("false") boolean projectRoles, @DefaultValue List<String> allowedHosts,
		@DefaultValue("false") boolean followRedirects, @DefaultValue List<String> httpServiceGroups,
		@DefaultValue List<String> grpcChannels, @Nullable String baseUrl,
		@DefaultValue("true") boolean requireHttps, @DefaultValue("0.8") double refreshAt,
		@DefaultValue("false") boolean keepWarm, @DefaultValue("5s") Duration connectTimeout,
		@DefaultValue("5s") Duration readTimeout, @DefaultValue("10s") Duration tokenTimeout,
		@DefaultValue("false") boolean verifyOnStartup) {
	// @formatter:on

	/**
	 * The prefix of the properties.
	 */
	public static final String PREFIX = "zitadel.service-user";

	/**
	 * Return all scopes that the properties ask for.
	 * @see <a href="https://zitadel.com/docs/apis/openidoauth/scopes">Scopes in ZITADEL's
	 * documentation</a>
	 */
	Set<String> allScopes() {
		Set<String> all = new LinkedHashSet<>(this.scopes);
		if (this.apiAccess) {
			all.add(audienceOf("zitadel"));
		}
		this.projectIds.forEach((projectId) -> all.add(audienceOf(projectId)));
		if (this.projectRoles) {
			all.add("urn:zitadel:iam:org:projects:roles");
		}
		return all;
	}

	String requiredIssuerUri() {
		if (!StringUtils.hasText(this.issuerUri)) {
			throw new MissingPropertyException(PREFIX + ".issuer-uri",
					"the URL of the ZITADEL instance as it stands in a browser, such as "
							+ "https://my-instance.zitadel.cloud");
		}
		return this.issuerUri;
	}

	String requiredKeyLocation() {
		if (!StringUtils.hasText(this.keyLocation)) {
			throw new MissingPropertyException(PREFIX + ".key-location",
					"the location of the JSON key file that ZITADEL's console offers for download when a key "
							+ "of the service user is created");
		}
		return this.keyLocation;
	}

	RefreshPolicy refreshPolicy() {
		RefreshPolicy policy = RefreshPolicy.defaults().withKeepWarm(this.keepWarm);
		policy = valid("refresh-at", this.refreshAt, policy::withRefreshAt);
		return valid("token-timeout", this.tokenTimeout, policy::withTokenTimeout);
	}

	Duration positiveConnectTimeout() {
		return valid("connect-timeout", this.connectTimeout, ZitadelServiceUserProperties::positive);
	}

	Duration positiveReadTimeout() {
		return valid("read-timeout", this.readTimeout, ZitadelServiceUserProperties::positive);
	}

	private static <T, R> R valid(String name, T value, Function<T, R> use) {
		try {
			return use.apply(value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "." + name, value, ex.getMessage());
		}
	}

	/**
	 * Zero would mean no limit to some clients and an error at the first call to others.
	 */
	private static Duration positive(Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("It must be positive");
		}
		return timeout;
	}

	private static String audienceOf(String project) {
		return "urn:zitadel:iam:org:project:id:" + project + ":aud";
	}

	/**
	 * Leaves out the locations, which may hold a key.
	 */
	@Override
	public String toString() {
		return "ZitadelServiceUserProperties[issuerUri=" + this.issuerUri + ", scopes=" + this.scopes + "]";
	}

}
