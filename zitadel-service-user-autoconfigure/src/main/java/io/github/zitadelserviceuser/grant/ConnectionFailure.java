// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import javax.net.ssl.SSLPeerUnverifiedException;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Why no answer came, where that can be told by what a client threw, on JDK 17 and 25.
 * The first that fits is it. None of them passes by itself; whatever fits none is taken
 * to pass: refused and reset connections, time-outs, answers that are cut short.
 * <p>
 * Libraries are known by names and texts, since any of them may be absent.
 */
enum ConnectionFailure {

	/**
	 * All libraries: one of these, more or less deep.
	 */
	DISTRUST(Reason.WRONG_SERVER,
			anyCause((ex) -> ex instanceof CertificateException || ex instanceof CertPathValidatorException
					|| ex instanceof CertPathBuilderException || ex instanceof SSLPeerUnverifiedException)),

	/**
	 * Whatever was thrown then comes of it.
	 */
	INTERRUPTED(Reason.CANCELLED, (ex) -> Thread.currentThread().isInterrupted() ? ex : null),

	/**
	 * Spring Boot 4.1: as it is from JDK, HttpComponents and Jetty, in an
	 * {@code IOException} from Reactor Netty.
	 */
	FILTERED(Reason.WRONG_SERVER, anyCause((ex) -> isNamed(ex, "FilteredHostException"))),

	/**
	 * Spring Boot 4.1, {@code HttpURLConnection}: an {@code IllegalStateException} when
	 * the request factory is made.
	 */
	UNFILTERED(Reason.WRONG_SERVER, anyMessage("does not support InetAddress filtering")),

	/**
	 * Jetty: {@code [HTTP/1.1 407 …] for TunnelRequest}, {@code after receiving a 407
	 * response}, {@code without Proxy-Authenticate header}. {@code HttpURLConnection}
	 * with TLS: {@code Proxy returns "HTTP/1.1 407}. Reactor Netty: {@code status: 407},
	 * with TLS one cause deeper. Elsewhere 407 is the status of an answer.
	 */
	PROXY(Reason.WRONG_SERVER, anyMessage("(status: |HTTP/1\\.[01] |receiving a )407\\b|without Proxy-Authenticate")),

	/**
	 * The JDK's TLS, which all but Reactor Netty use, has one text for engines and
	 * another for sockets. With Jetty the connection may be seen closed before it is
	 * read, which tells nothing. Reactor Netty: a class of its own.
	 */
	PLAIN(Reason.WRONG_SERVER,
			anyCause((ex) -> isNamed(ex, "NotSslRecordException")
					|| has(ex, Pattern.compile("plaintext connection\\?|Unsupported or unrecognized SSL message")))),

	/**
	 * The first bytes of a TLS alert, as they are quoted by the JDK's client, and the
	 * first of them by Jetty. The others skip them or count lines.
	 */
	TLS(Reason.WRONG_SERVER, anyMessage("\\x15\\x03|Illegal character CNTL=0x15")),

	/**
	 * The JDK's client before JDK 24, for a 401 like that of ZITADEL's userinfo. Later
	 * ones return the answer.
	 */
	AUTHENTICATOR(Reason.REFUSED, anyMessage("WWW-Authenticate header missing for response code 401")),

	/**
	 * An answer that is no HTTP, to Jetty; a status that there is not; the settings of
	 * the client, when it is made.
	 */
	UNREADABLE(Reason.INVALID_RESPONSE, (ex) -> (ex instanceof RuntimeException) ? ex : null);

	private static final Pattern TLS_PORT = Pattern.compile("HTTP request to an HTTPS server" // Go
			+ "|plain HTTP request was sent to HTTPS port" // nginx
			+ "|speaking plain HTTP to an SSL-enabled server port" // httpd
			+ "|combination of host and port requires TLS"); // Tomcat

	private static final Pattern NO_HTTP = Pattern.compile("header parser received no bytes" // JDK
			+ "|failed to respond" // HttpComponents
			+ "|HttpConnectionOverHTTP.*ISHUT" // Jetty
			+ "|prematurely closed BEFORE response|Line Feed must be preceded by" // Reactor
			+ "|Unexpected end of file from server"); // HttpURLConnection

	private final Reason reason;

	@SuppressWarnings("ImmutableEnumChecker") // all of them are functions without state
	private final Observation observation;

	ConnectionFailure(Reason reason, Observation observation) {
		this.reason = reason;
		this.observation = observation;
	}

	Reason reason() {
		return this.reason;
	}

	/**
	 * Look for this kind in what was thrown.
	 * @param thrown what was thrown
	 * @return the cause by which it is known, or {@code null} if it is another kind
	 */
	@Nullable Throwable in(Throwable thrown) {
		return this.observation.in(thrown);
	}

	static boolean contains(Throwable thrown, String regex) {
		return anyMessage(regex).in(thrown) != null;
	}

	/**
	 * Return whether a body is that of status 400 of a server which speaks TLS there.
	 * @param body the body
	 * @return whether the server wants TLS
	 */
	static boolean isOfTlsPort(String body) {
		return TLS_PORT.matcher(body).find();
	}

	/**
	 * Return whether a server that expects TLS may have closed the connection, or sent an
	 * alert: these texts tell of other things too.
	 * @param thrown what was thrown
	 * @return whether TLS may be wanted
	 */
	static boolean isNoHttp(Throwable thrown) {
		return has(thrown, NO_HTTP);
	}

	private static Observation anyMessage(String regex) {
		Pattern pattern = Pattern.compile(regex);
		return anyCause((ex) -> has(ex, pattern));
	}

	private static Observation anyCause(Predicate<Throwable> known) {
		return (thrown) -> {
			for (Throwable ex = thrown; ex != null; ex = ex.getCause()) {
				if (known.test(ex)) {
					return ex;
				}
			}
			return null;
		};
	}

	private static boolean has(Throwable ex, Pattern pattern) {
		return ex.getMessage() != null && pattern.matcher(ex.getMessage()).find();
	}

	private static boolean isNamed(Throwable ex, String simpleName) {
		return ex.getClass().getSimpleName().equals(simpleName);
	}

	@FunctionalInterface
	private interface Observation {

		@Nullable Throwable in(Throwable thrown);

	}

}
