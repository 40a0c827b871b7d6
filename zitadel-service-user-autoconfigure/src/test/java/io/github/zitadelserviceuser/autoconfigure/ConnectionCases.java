/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
