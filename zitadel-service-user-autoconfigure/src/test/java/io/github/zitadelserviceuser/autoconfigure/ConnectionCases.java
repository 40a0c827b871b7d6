// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import java.util.function.BiConsumer;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

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
			texts.accept("no TLS", failure(zitadel, new SSLException("Unsupported or unrecognized SSL message")));
			texts.accept("certificate not trusted", failure(zitadel,
					new SSLException("failed", new CertificateException("unable to find valid certification path"))));
			texts.accept("certificate of another host",
					failure(zitadel, new SSLPeerUnverifiedException("No name matching localhost found")));
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
		return failure(zitadel, (uri, method) -> {
			throw ex;
		});
	}

	private static String failure(FakeZitadel zitadel, ClientHttpRequestFactory requestFactory) {
		return TroubledGrant.of(zitadel).restClient((builder) -> builder.requestFactory(requestFactory)).failure();
	}

}
