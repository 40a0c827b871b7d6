// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

import io.github.zitadelserviceuser.net.Origin;
import io.github.zitadelserviceuser.token.AccessToken;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Says what a resource server does not when it refuses a good token: which audience the
 * token lacks and which property asks for it, or that the service user lacks a role.
 * <p>
 * Without the audience of ZITADEL's own APIs they take no token at all, so that the first
 * answer of 401 tells. Others may refuse a token for another reason, such as that it was
 * revoked, or made so short a time ago that they do not know it yet. There it takes two
 * different tokens that were refused in a row.
 * <p>
 * Each warning comes once, however often these methods are called. Instances are safe for
 * use by any number of threads and do not block.
 *
 * @since 0.1.0
 * @see <a href="https://zitadel.com/docs/apis/openidoauth/scopes">Scopes</a> and
 * <a href="https://zitadel.com/docs/guides/manage/console/managers">managers</a> in
 * ZITADEL's documentation
 */
public final class CallHints {

	private static final Log logger = LogFactory.getLog(CallHints.class);

	private static final String ZITADEL_AUDIENCE = "urn:zitadel:iam:org:project:id:zitadel:aud";

	private static final Pattern PROJECT_AUDIENCE = Pattern.compile("urn:zitadel:iam:org:project:id:[^:]+:aud");

	private static final List<String> WITHOUT_AUDIENCE = List.of("/oidc/", "/oauth/", "/.well-known/");

	private static final String MAKE_A_MANAGER = "on the page of the organization, the project or the instance that "
			+ "the call is about, add the service user to the managers (newer versions: administrators), with a role "
			+ "such as 'Org User Manager'";

	private final String propertyPrefix;

	private final Set<URI> addresses;

	private final AtomicBoolean ownApis;

	private final AtomicBoolean otherApis;

	private final AtomicBoolean noRole = new AtomicBoolean(true);

	private final AtomicBoolean noPermission = new AtomicBoolean(true);

	private final AtomicReference<@Nullable Refusal> refusal = new AtomicReference<>();

	/**
	 * Create new hints.
	 * @param propertyPrefix the prefix of the properties to name, such as
	 * {@code zitadel.service-user}
	 * @param addresses where ZITADEL is reached, without a trailing slash
	 * @param scopes the scopes that tokens are requested with
	 */
	public CallHints(String propertyPrefix, Collection<URI> addresses, Collection<String> scopes) {
		this.propertyPrefix = propertyPrefix;
		this.addresses = Set.copyOf(addresses);
		this.ownApis = new AtomicBoolean(!scopes.contains(ZITADEL_AUDIENCE));
		this.otherApis = new AtomicBoolean(scopes.stream()
			.noneMatch((scope) -> !scope.equals(ZITADEL_AUDIENCE) && PROJECT_AUDIENCE.matcher(scope).matches()));
	}

	/**
	 * Say that a call was answered with 401, or {@code UNAUTHENTICATED}, although it had
	 * a token of the service user.
	 * @param uri what was called, where the token was allowed to go
	 * @param token the token that it had
	 */
	public void unauthorized(URI uri, AccessToken token) {
		String path = pathAtZitadel(uri);
		if (path != null) {
			if (WITHOUT_AUDIENCE.stream().noneMatch(path::startsWith)) {
				warn(this.ownApis,
						"ZITADEL's API at " + Origin.of(uri) + " answered 401 to the token of the service "
								+ "user. Tokens are requested without the scope '" + ZITADEL_AUDIENCE + "', which "
								+ "ZITADEL's own APIs demand. Set " + this.propertyPrefix + ".api-access=true");
			}
		}
		else if (this.otherApis.get() && isSecondInARow(new Refusal(Origin.of(uri), token))) {
			warn(this.otherApis,
					Origin.of(uri) + " answered 401 to the token of the service user. Tokens are requested without "
							+ "the audience of any project. If that API asks ZITADEL about tokens (introspection), it "
							+ "takes those with the audience of its own project only. Add the project's ID to "
							+ this.propertyPrefix + ".project-ids");
		}
	}

	/**
	 * Say that a call was answered in another way than with 401: the token was good.
	 * @param uri what was called
	 */
	public void authenticated(URI uri) {
		Refusal last = this.refusal.get();
		if (last != null && last.origin().equals(Origin.of(uri))) {
			this.refusal.compareAndSet(last, null);
		}
	}

	/**
	 * Say that a call was answered with 403, or {@code PERMISSION_DENIED}.
	 * @param uri what was called
	 */
	public void forbidden(URI uri) {
		authenticated(uri);
		if (pathAtZitadel(uri) != null) {
			warn(this.noPermission, "ZITADEL's API at " + Origin.of(uri) + " answered 403: the roles of the service "
					+ "user there do not permit that call. In ZITADEL's console, " + MAKE_A_MANAGER);
		}
	}

	/**
	 * Say that a call was answered with ZITADEL's {@code membership not found}, which is
	 * 404, or {@code NOT_FOUND}, and is about the service user and not about what was
	 * asked for.
	 * @param uri what was called
	 */
	public void notAMember(URI uri) {
		authenticated(uri);
		if (pathAtZitadel(uri) != null) {
			warn(this.noRole, "ZITADEL's API at " + Origin.of(uri) + " answered that it finds no membership: the "
					+ "service user has no role there at all. In ZITADEL's console, " + MAKE_A_MANAGER);
		}
	}

	void answered(URI uri, AccessToken token, int status) {
		switch (status) {
			case 401 -> unauthorized(uri, token);
			case 403 -> forbidden(uri);
			default -> {
				// Of others a gateway may have made it up.
				if (status < 500) {
					authenticated(uri);
				}
			}
		}
	}

	/**
	 * Return whether the next answer of an API matters, whatever it is.
	 * @return whether {@link #authenticated} has to be called
	 */
	public boolean isUndecided() {
		return this.refusal.get() != null;
	}

	private boolean isSecondInARow(Refusal next) {
		Refusal last = this.refusal.get();
		boolean second = last != null && last.origin().equals(next.origin())
				&& !last.token().value().equals(next.token().value());
		if (second || last == null || !last.origin().equals(next.origin())) {
			this.refusal.compareAndSet(last, second ? null : next);
		}
		return second;
	}

	private static void warn(AtomicBoolean once, String message) {
		if (once.compareAndSet(true, false)) {
			logger.warn(message);
		}
	}

	private @Nullable String pathAtZitadel(URI uri) {
		for (URI address : this.addresses) {
			if (Origin.of(address).equals(Origin.of(uri)) && uri.getRawPath().startsWith(address.getRawPath() + "/")) {
				return uri.getRawPath().substring(address.getRawPath().length());
			}
		}
		return null;
	}

	/**
	 * A token that an API refused, and that none was good for since.
	 */
	private record Refusal(Origin origin, AccessToken token) {
	}

}
