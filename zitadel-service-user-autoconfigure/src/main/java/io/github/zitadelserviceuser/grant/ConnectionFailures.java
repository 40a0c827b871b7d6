// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URI;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Says what it means that no answer came.
 */
final class ConnectionFailures {

	private final AuthorizationServer server;

	ConnectionFailures(AuthorizationServer server) {
		this.server = server;
	}

	TokenRequestException of(URI uri, Throwable cause) {
		Throwable distrust = distrust(cause);
		if (distrust != null) {
			// Nothing had been sent: no message here has anything to echo.
			return new TokenRequestException(Reason.WRONG_SERVER, "The TLS certificate of " + uri + " was refused ("
					+ shown(distrust) + "). "
					+ (isOtherName(distrust)
							? "It is for another host: does " + address() + " name the host as the certificate does?"
							: "If it was issued by an authority of your own, name an SSL bundle that trusts it in "
									+ "spring.http.clients.ssl.bundle; if it has expired, it must be renewed"),
					cause);
		}
		if (Thread.currentThread().isInterrupted()) {
			return new TokenRequestException(Reason.CANCELLED,
					"The thread that waited for an answer from " + uri + " was interrupted", shownWhole(cause));
		}
		return new TokenRequestException(Reason.UNREACHABLE,
				"No answer from " + uri + " (" + shown(cause) + "). Is it up, "
						+ ((cause instanceof SSLException) ? "does it speak TLS, " : "") + "and is " + address()
						+ " right? The time-outs are " + this.server.property("connect-timeout") + " and "
						+ this.server.property("read-timeout"),
				shownWhole(cause));
	}

	/**
	 * The client can make nothing of what came, such as a status that there is not, or of
	 * its own settings.
	 * @param uri the URI that was requested
	 * @param ex what was thrown
	 * @return the failure
	 */
	TokenRequestException unreadable(URI uri, IllegalArgumentException ex) {
		return new TokenRequestException(Reason.INVALID_RESPONSE,
				"The exchange with " + uri + " failed (" + shown(ex)
						+ "). Is it a ZITADEL instance, and are the settings in spring.http.clients right?",
				shownWhole(ex));
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

	private static @Nullable Throwable distrust(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof CertificateException || cause instanceof CertPathValidatorException
					|| cause instanceof CertPathBuilderException || cause instanceof SSLPeerUnverifiedException) {
				return cause;
			}
		}
		return null;
	}

}
