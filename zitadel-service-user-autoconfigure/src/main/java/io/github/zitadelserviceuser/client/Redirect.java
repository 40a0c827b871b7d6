// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.net.Origin;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.StringUtils;

/**
 * Where an answer leads to (RFC 9110, section 15.4), and what of a request may go there.
 *
 * @param source what was called
 * @param target what to call next
 * @param method the method to call it with
 * @param withBody whether the body is sent again
 */
record Redirect(URI source, URI target, HttpMethod method, boolean withBody) {

	/**
	 * How many redirects of one call are followed. Who gets one more is the caller.
	 */
	static final int MOST = 5;

	private static final List<String> OF_THE_BODY = List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_LENGTH,
			HttpHeaders.CONTENT_ENCODING, HttpHeaders.CONTENT_LANGUAGE, HttpHeaders.CONTENT_LOCATION,
			HttpHeaders.CONTENT_DISPOSITION, HttpHeaders.CONTENT_RANGE, HttpHeaders.TRANSFER_ENCODING);

	private static final List<String> OF_THE_ORIGIN = List.of(HttpHeaders.AUTHORIZATION,
			HttpHeaders.PROXY_AUTHORIZATION, HttpHeaders.COOKIE, HttpHeaders.HOST);

	/**
	 * Read an answer.
	 * @param uri what was called
	 * @param method the method it was called with
	 * @param status the status of the answer
	 * @param headers the headers of the answer
	 * @return the redirect, or {@code null} if the answer is none that can be followed
	 */
	static @Nullable Redirect of(URI uri, HttpMethod method, HttpStatusCode status, HttpHeaders headers) {
		HttpMethod next = switch (status.value()) {
			case 301, 302 -> HttpMethod.POST.equals(method) ? HttpMethod.GET : method;
			case 303 -> HttpMethod.HEAD.equals(method) ? method : HttpMethod.GET;
			case 307, 308 -> method;
			default -> null;
		};
		URI target = (next != null) ? target(uri, headers.get(HttpHeaders.LOCATION)) : null;
		return (next != null && target != null) ? new Redirect(uri, target, next, next.equals(method)) : null;
	}

	/**
	 * Return whether the credentials of a request, if it has any of its own, may go along
	 * the redirect. Those of a caller stay with the origin that they were meant for.
	 * @param headers the headers of the request, as the caller made it
	 * @return whether to follow, rather than to hand the answer to the caller
	 */
	boolean isFor(HttpHeaders headers) {
		return isSameOrigin() || !headers.containsHeader(HttpHeaders.AUTHORIZATION);
	}

	boolean isSameOrigin() {
		try {
			return Origin.of(this.source).equals(Origin.of(this.target));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * Refuse a target that may not have the token. The same origin may, if the source
	 * might; nothing is said of a request that has credentials of its own.
	 * @param allowedHosts where the token may go
	 */
	void check(AllowedHosts allowedHosts) {
		if (isSameOrigin()) {
			return;
		}
		if ("https".equalsIgnoreCase(this.source.getScheme()) && !"https".equalsIgnoreCase(this.target.getScheme())) {
			throw new HostNotAllowedException("The redirect from " + Origin.of(this.source) + " to plain http"
					+ ((this.target.getHost() != null) ? " at " + this.target.getHost() : "") + " was not followed, "
					+ "and the token of the service user was not sent there: it would leave https, which no property "
					+ "allows. Call the URL that is meant");
		}
		try {
			allowedHosts.check(this.target);
		}
		catch (HostNotAllowedException ex) {
			throw new HostNotAllowedException(
					"The redirect from " + Origin.of(this.source) + " was not followed. " + ex.getMessage());
		}
	}

	HttpHeaders headersOf(HttpHeaders original) {
		HttpHeaders headers = HttpHeaders.copyOf(original);
		if (!this.withBody) {
			OF_THE_BODY.forEach(headers::remove);
		}
		if (!isSameOrigin()) {
			OF_THE_ORIGIN.forEach(headers::remove);
		}
		return headers;
	}

	/**
	 * The target without its fragment, which is never sent. Of two locations none counts.
	 * @param uri what was called
	 * @param locations the values of the {@code Location} header
	 * @return the target, or {@code null} if it is none of HTTP
	 */
	private static @Nullable URI target(URI uri, @Nullable List<String> locations) {
		String location = (locations != null && locations.size() == 1) ? locations.get(0).strip() : "";
		if (location.isEmpty() || location.chars().anyMatch((character) -> character > '~')) {
			return null;
		}
		try {
			int fragment = location.indexOf('#');
			URI target = resolve(uri, new URI((fragment != -1) ? location.substring(0, fragment) : location));
			boolean http = "http".equalsIgnoreCase(target.getScheme()) || "https".equalsIgnoreCase(target.getScheme());
			return (http && !target.isOpaque()) ? target : null;
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	/**
	 * Resolve as RFC 3986, section 5.2.2, says. {@link URI#resolve(URI)} does not: it
	 * loses the last segment where there is a query only, and without any path it would
	 * make a relative one part of the host.
	 */
	private static URI resolve(URI uri, URI location) throws URISyntaxException {
		if (location.isAbsolute() || location.getRawAuthority() != null) {
			return uri.resolve(location);
		}
		String path = StringUtils.hasLength(uri.getRawPath()) ? uri.getRawPath() : "/";
		String base = uri.getScheme() + "://" + uri.getRawAuthority() + path;
		if (!location.getRawPath().isEmpty()) {
			return new URI(base).resolve(location);
		}
		String query = (location.getRawQuery() != null) ? location.getRawQuery() : uri.getRawQuery();
		return new URI((query != null) ? base + "?" + query : base);
	}

}
