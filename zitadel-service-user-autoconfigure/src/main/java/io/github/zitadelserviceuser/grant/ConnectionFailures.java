// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Locale;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Says what it means that no answer came, or one of somebody else on the way. What is
 * observed of each cause is in {@link ConnectionFailure}.
 */
final class ConnectionFailures {

	private final AuthorizationServer server;

	ConnectionFailures(AuthorizationServer server) {
		this.server = server;
	}

	/**
	 * No answer came, or none that the client lets through.
	 * @param uri the URI that was requested
	 * @param thrown what the client threw
	 * @return the failure
	 */
	TokenRequestException of(URI uri, Throwable thrown) {
		for (ConnectionFailure kind : ConnectionFailure.values()) {
			Throwable found = kind.in(thrown);
			if (found != null) {
				return new TokenRequestException(kind.reason(), text(kind, uri, found), shownWhole(thrown));
			}
		}
		return unreachable(uri, thrown);
	}

	/**
	 * Return whether the answer had status 401 and no {@code WWW-Authenticate}, as that
	 * of ZITADEL's userinfo has. Jetty's client takes it for no answer, in one of two
	 * ways, by whether the request or the answer was first to be complete.
	 * @param thrown what the client threw
	 * @return whether it was such an answer
	 */
	static boolean isUnauthorized(Throwable thrown) {
		return ConnectionFailure.contains(thrown,
				"challenge without WWW-Authenticate header|after receiving a 401 response");
	}

	/**
	 * Somebody answered who is on the way to the server, or at its port.
	 * @param answer the answer
	 * @return the failure, or {@code null} if it may be the answer of the server
	 */
	@Nullable TokenRequestException misdirected(ServerAnswer answer) {
		if (answer.status() == 407) {
			return new TokenRequestException(Reason.WRONG_SERVER, proxy(answer.uri(), "status 407"));
		}
		if (answer.status() == 400 && isPlain(answer.uri()) && ConnectionFailure.isOfTlsPort(answer.body())) {
			return new TokenRequestException(Reason.WRONG_SERVER,
					tls(answer.uri(), "status 400: " + SafeText.of(answer.body())));
		}
		return null;
	}

	private String text(ConnectionFailure kind, URI uri, Throwable found) {
		String shown = shown(found);
		return switch (kind) {
			case DISTRUST -> "The TLS certificate of " + uri + " was refused (" + shown + "). "
					+ (isOtherName(found)
							? "It is for another host: does " + address() + " name the host as the certificate does?"
							: "If it was issued by an authority of your own, name an SSL bundle that trusts it in "
									+ "spring.http.clients.ssl.bundle; if it has expired, it must be renewed");
			case INTERRUPTED -> "The thread that waited for an answer from " + uri + " was interrupted";
			case FILTERED ->
				uri + " was not asked: the application's InetAddressFilter bean refuses the address of " + uri.getHost()
						+ " (" + shown + "). It holds for all HTTP clients of the application. Let it admit "
						+ "that host, for example by filter.or(\"10.0.0.0/8\")";
			case UNFILTERED -> uri + " was not asked: the application has an InetAddressFilter bean, which this client "
					+ "library cannot apply (" + shown
					+ "). Set spring.http.clients.imperative.factory to another one, " + "such as jdk";
			case PROXY -> proxy(uri, shown);
			case PLAIN -> uri + " was asked over TLS, and what answers there speaks none (" + shown
					+ "), but most likely plain http. Is the port in " + address()
					+ " right? If ZITADEL is reached without TLS, write http:// there"
					+ (this.server.isInternal() ? "" : ", and set " + this.server.property("require-https")
							+ "=false if the way is safe by " + "other means");
			case TLS -> tls(uri, shown);
			case AUTHENTICATOR -> uri + " answered with status 401, of which the JDK's client shows no more (" + shown
					+ "): it has an Authenticator, as for a proxy. Before JDK 24 such a client also drops the "
					+ "Authorization header of a request, so that no token arrives, here or with the calls of the "
					+ "application. Use JDK 24 or later, or another client library by "
					+ "spring.http.clients.imperative.factory";
			case UNREADABLE -> "The exchange with " + uri + " failed (" + shown
					+ "). Is it a ZITADEL instance, and are the settings in spring.http.clients right?";
		};
	}

	private TokenRequestException unreachable(URI uri, Throwable thrown) {
		String doubt = "";
		if (thrown instanceof SSLException) {
			doubt = "does it speak TLS, ";
		}
		else if (isPlain(uri) && ConnectionFailure.isNoHttp(thrown)) {
			doubt = "does it speak plain http and not TLS, ";
		}
		InetSocketAddress proxy = proxy(uri);
		if (proxy != null) {
			doubt += "is the proxy " + shown(proxy) + " up that the JVM's settings name, ";
		}
		return new TokenRequestException(Reason.UNREACHABLE,
				"No answer from " + uri + " (" + shown(thrown) + "). Is it up, " + doubt + "and is " + address()
						+ " right? The time-outs are " + this.server.property("connect-timeout") + " and "
						+ this.server.property("read-timeout"),
				shownWhole(thrown));
	}

	private String proxy(URI uri, String shown) {
		InetSocketAddress proxy = proxy(uri);
		return uri + " was not reached: a proxy on the way wants credentials (" + shown + "). "
				+ ((proxy != null)
						? "The JVM's settings, such as " + uri.getScheme() + ".proxyHost, lead to " + shown(proxy)
								+ ". "
						: "The JVM's settings name none, so that a bean does that customizes the HTTP client. ")
				+ "Give the client credentials for it in a ClientHttpRequestFactoryBuilderCustomizer bean, or let it "
				+ "reach " + uri.getHost() + " directly (http.nonProxyHosts)";
	}

	private static @Nullable InetSocketAddress proxy(URI uri) {
		ProxySelector selector = ProxySelector.getDefault();
		return (selector != null) ? selector.select(uri)
			.stream()
			.map(Proxy::address)
			.filter(InetSocketAddress.class::isInstance)
			.map(InetSocketAddress.class::cast)
			.findFirst()
			.orElse(null) : null;
	}

	private static String shown(InetSocketAddress proxy) {
		return proxy.getHostString() + ":" + proxy.getPort();
	}

	private String tls(URI uri, String shown) {
		return uri + " was asked by plain http, and what answers there speaks TLS (" + shown + "). Write https:// in "
				+ address() + ", or correct its port";
	}

	private static boolean isPlain(URI uri) {
		return "http".equals(uri.getScheme());
	}

	private String address() {
		return this.server.property(this.server.isInternal() ? "base-url" : "issuer-uri");
	}

	private static String shown(Throwable cause) {
		String message = SafeText.of(cause.getMessage());
		return cause.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
	}

	/**
	 * A client quotes a status line that it does not understand, and that may be the echo
	 * of an assertion: then its exception is told of, but not passed on.
	 * @param ex what was thrown
	 * @return the same, or {@code null} if it must not be shown
	 */
	private static @Nullable Throwable shownWhole(Throwable ex) {
		return isSafe(ex) ? ex : null;
	}

	private static boolean isSafe(@Nullable Throwable ex) {
		return ex == null || (SafeText.isSafe(ex.getMessage()) && isSafe(ex.getCause())
				&& Stream.of(ex.getSuppressed()).allMatch(ConnectionFailures::isSafe));
	}

	private static boolean isOtherName(Throwable distrust) {
		String message = String.valueOf(distrust.getMessage()).toLowerCase(Locale.ROOT);
		return distrust instanceof SSLPeerUnverifiedException || message.contains("no name matching")
				|| message.contains("no subject alternative") || message.contains("no name found");
	}

}
