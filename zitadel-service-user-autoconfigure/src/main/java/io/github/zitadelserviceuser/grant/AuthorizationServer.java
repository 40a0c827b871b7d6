// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.zitadelserviceuser.net.Origin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * The authorization server: who it is and where it is reached.
 *
 * @param propertyPrefix the prefix of the properties to name in errors, such as
 * {@code zitadel.service-user}
 * @param issuer the issuer identifier (RFC 8414, section 2) without a trailing slash
 * @param baseUrl where requests go, without a trailing slash: the issuer, or an internal
 * address of the same instance
 * @param headers what each request there has, for what stands before the server; they may
 * be secrets
 * @since 0.1.0
 */
public record AuthorizationServer(String propertyPrefix, URI issuer, URI baseUrl, Map<String, String> headers) {

	/**
	 * The header by which ZITADEL selects an instance, and thereby the issuer, where the
	 * {@code Host} header cannot.
	 */
	public static final String INSTANCE_HOST_HEADER = "x-zitadel-instance-host";

	private static final Pattern USER_INFO = Pattern.compile("//[^/]*@");

	/**
	 * Create an authorization server. The URIs are brought into the form described above.
	 * @throws IllegalArgumentException if one of them is no {@code http} or {@code https}
	 * URL, or has user information, a query or a fragment
	 * @throws InvalidHeaderException if a header cannot be sent
	 */
	public AuthorizationServer {
		issuer = normalize(issuer);
		baseUrl = normalize(baseUrl);
		headers = HeaderCheck.check(propertyPrefix, headers);
	}

	/**
	 * Create an authorization server with nothing before it.
	 * @param propertyPrefix the prefix of the properties to name in errors
	 * @param issuer the issuer identifier
	 * @param baseUrl where requests go
	 */
	public AuthorizationServer(String propertyPrefix, URI issuer, URI baseUrl) {
		this(propertyPrefix, issuer, baseUrl, Map.of());
	}

	/**
	 * Create an authorization server from the values of properties.
	 * @param propertyPrefix the prefix of the properties to name in errors
	 * @param issuerUri the value of {@code issuer-uri}
	 * @param baseUrl the value of {@code base-url}, if any
	 * @param requireHttps the value of {@code require-https}, which holds for the issuer
	 * where that is the address, and not for an internal one
	 * @return the authorization server
	 * @throws InvalidConfigurationPropertyValueException if one of them cannot be used
	 */
	public static AuthorizationServer of(String propertyPrefix, String issuerUri, @Nullable String baseUrl,
			boolean requireHttps) {
		String issuerProperty = propertyPrefix + ".issuer-uri";
		URI issuer = normalize(issuerProperty, issuerUri);
		URI base = StringUtils.hasText(baseUrl) ? normalize(propertyPrefix + ".base-url", baseUrl) : issuer;
		// An internal address is a way of one's own, and http there was written on
		// purpose: behind a gateway that ends TLS there is nothing else.
		if (base.equals(issuer)) {
			requireSecure(propertyPrefix, issuerProperty, issuer, requireHttps);
		}
		return new AuthorizationServer(propertyPrefix, issuer, base);
	}

	/**
	 * Return the same server with headers for what stands before it.
	 * @param headers the values by name; an empty one is none
	 * @return another authorization server
	 * @throws InvalidHeaderException if one of them cannot be sent
	 */
	public AuthorizationServer withHeaders(Map<String, String> headers) {
		return new AuthorizationServer(this.propertyPrefix, this.issuer, this.baseUrl, headers);
	}

	/**
	 * Return the full name of a property.
	 */
	String property(String name) {
		return this.propertyPrefix + "." + name;
	}

	/**
	 * Return whether requests go to another address than the issuer's.
	 * @return whether the base URL is an internal address
	 */
	public boolean isInternal() {
		return !this.baseUrl.equals(this.issuer);
	}

	/**
	 * Return the host by which the instance is known, port included if it is not the
	 * default one.
	 * @return the host of the issuer
	 */
	public String instanceHost() {
		return Origin.of(this.issuer).authority();
	}

	/**
	 * Return whether an issuer that the server claims to be is the configured one. Upper
	 * case, the default port and a trailing slash make no other issuer.
	 */
	boolean isIssuer(String claimed) {
		try {
			return normalize(URI.create(claimed)).equals(this.issuer);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * Return where an endpoint of the issuer is called: its path on the base URL.
	 */
	URI reachable(URI endpoint) {
		String issuerPath = this.issuer.getRawPath();
		String path = endpoint.getRawPath();
		String query = (endpoint.getRawQuery() != null) ? "?" + endpoint.getRawQuery() : "";
		return URI.create(this.baseUrl
				+ (path.startsWith(issuerPath + "/") ? path.substring(issuerPath.length()) : path) + query);
	}

	/**
	 * Leaves out the values of the headers.
	 */
	@Override
	public String toString() {
		return "AuthorizationServer[propertyPrefix=" + this.propertyPrefix + ", issuer=" + this.issuer + ", baseUrl="
				+ this.baseUrl + ", headers=" + this.headers.keySet() + "]";
	}

	private static void requireSecure(String prefix, String property, URI uri, boolean requireHttps) {
		if (requireHttps && !Origin.of(uri).isSecure()) {
			throw new InvalidConfigurationPropertyValueException(property, uri,
					"Credentials and tokens are sent there, and plain http lets anyone on the way read them. Use "
							+ "https, or set " + prefix + ".require-https=false if the way is safe by other means");
		}
	}

	private static URI normalize(String property, String value) {
		try {
			return normalize(URI.create(value.trim()));
		}
		catch (IllegalArgumentException ex) {
			String reason = (ex.getCause() == null) ? ex.getMessage() : "It is no valid URL";
			throw new InvalidConfigurationPropertyValueException(property, shown(value),
					reason + ". It should look like https://my-instance.zitadel.cloud");
		}
	}

	/**
	 * A password in a URL, or a key that was put into the wrong property, is not shown.
	 */
	private static String shown(String value) {
		return SafeText.of(USER_INFO.matcher(value).replaceFirst("//[...]@"));
	}

	private static URI normalize(URI uri) {
		Origin origin = Origin.of(uri);
		if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
			throw new IllegalArgumentException("It must have no query and no fragment (nothing from '?' or '#' on)");
		}
		String path = StringUtils.trimTrailingCharacter((uri.getRawPath() != null) ? uri.getRawPath() : "", '/');
		if (path.toLowerCase(Locale.ROOT).endsWith("/.well-known/openid-configuration")) {
			throw new IllegalArgumentException(
					"It must be the issuer itself, without " + "'/.well-known/openid-configuration'");
		}
		return URI.create(origin + path);
	}

}
