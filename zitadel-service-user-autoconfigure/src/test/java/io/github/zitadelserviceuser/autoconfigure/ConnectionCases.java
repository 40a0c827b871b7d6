// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.security.cert.CertificateException;
import java.util.function.BiConsumer;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;

import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Requests to which there is no answer.
 */
final class ConnectionCases implements TroubleshootingCases {

	@Override
	public void provoke(BiConsumer<String, String> texts) {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			texts.accept("no connection", failure(zitadel, new ConnectException("Connection refused")));
			texts.accept("no TLS", failure(zitadel, new SSLException("Remote host terminated the handshake")));
			texts.accept("certificate not trusted", failure(zitadel,
					new SSLException("failed", new CertificateException("unable to find valid certification path"))));
			texts.accept("certificate of another host",
					failure(zitadel, new SSLPeerUnverifiedException("No name matching localhost found")));
			texts.accept("TLS asked of plain http",
					failure(zitadel, new SSLException("Unrecognized SSL message, plaintext connection?")));
			texts.accept("TLS asked of plain http at an internal address",
					TroubledGrant.of(zitadel)
						.issuer("https://zitadel.example")
						.baseUrl(zitadel.url())
						.restClient((builder) -> builder.requestFactory(
								throwing(new SSLException("Unrecognized SSL message, plaintext connection?"))))
						.failure());
			texts.accept("plain http asked of TLS",
					failure(zitadel, new IOException("Invalid status line: \"\25\3\3\"")));
			texts.accept("perhaps plain http asked of TLS",
					failure(zitadel, new IOException("Unexpected end of file from server")));
			zitadel.discovery().answerAlways(FakeAnswer.text(407, "Who are you?"));
			texts.accept("proxy that a bean names", TroubledGrant.of(zitadel).failure());
			zitadel.discovery().answerNormally();
			ProxySelector before = ProxySelector.getDefault();
			ProxySelector.setDefault(ProxySelector.of(InetSocketAddress.createUnresolved("proxy.example", 3128)));
			texts.accept("proxy that the JVM names", failure(zitadel, new IOException(
					"Unable to tunnel through proxy. Proxy returns \"HTTP/1.1 407 Proxy Authentication Required\"")));
			texts.accept("proxy that the JVM names is not there",
					failure(zitadel, new ConnectException("Connection refused")));
			ProxySelector.setDefault(before);
			texts.accept("address is filtered", failure(zitadel, (uri, method) -> {
				throw new FilteredHostException();
			}));
			texts.accept("addresses cannot be filtered", failure(zitadel, (uri, method) -> {
				throw new IllegalStateException("Simple HTTP request factory does not support InetAddress filtering");
			}));
			texts.accept("JDK client with an authenticator",
					failure(zitadel, new IOException("WWW-Authenticate header missing for response code 401")));
			texts.accept("interrupted", failure(zitadel, (uri, method) -> {
				Thread.currentThread().interrupt();
				throw new IOException("interrupted");
			}));
			Thread.interrupted();
			texts.accept("wrong client settings", failure(zitadel, (uri, method) -> {
				throw new IllegalArgumentException("invalid status");
			}));
		}
	}

	private static String failure(FakeZitadel zitadel, IOException ex) {
		return failure(zitadel, throwing(ex));
	}

	private static ClientHttpRequestFactory throwing(IOException ex) {
		return (uri, method) -> {
			throw ex;
		};
	}

	private static String failure(FakeZitadel zitadel, ClientHttpRequestFactory requestFactory) {
		return TroubledGrant.of(zitadel).restClient((builder) -> builder.requestFactory(requestFactory)).failure();
	}

	/**
	 * That of Spring Boot has no public constructor, and is known by its name.
	 */
	private static final class FilteredHostException extends RuntimeException {

		private FilteredHostException() {
			super("Filtered host 'localhost'");
		}

	}

}
