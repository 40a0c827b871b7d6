// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.security.interfaces.RSAPrivateKey;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.grant.JwtBearerGrant;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.web.client.RestClient;

/**
 * Asks for a token and returns why there is none.
 */
final class TroubledGrant {

	private String issuer;

	private @Nullable String baseUrl;

	private KeyReader reader;

	private Clock clock = Clock.systemUTC();

	private RestClient.Builder restClient = RestClient.builder()
		.requestFactory(ClientHttpRequestFactoryBuilder.jdk()
			.build(HttpClientSettings.defaults().withRedirects(HttpRedirects.DONT_FOLLOW)));

	private TroubledGrant(String issuer, KeyReader reader) {
		this.issuer = issuer;
		this.reader = reader;
	}

	static TroubledGrant of(FakeZitadel zitadel) {
		ServiceUserKey key = key(zitadel.serviceUser().key());
		return new TroubledGrant(zitadel.issuer(), () -> key);
	}

	static ServiceUserKey key(FakeServiceUserKey key) {
		return new ServiceUserKey(key.userId(), key.keyId(), (RSAPrivateKey) key.privateKey(), key.expirationDate());
	}

	TroubledGrant issuer(String issuer) {
		this.issuer = issuer;
		return this;
	}

	TroubledGrant baseUrl(String baseUrl) {
		this.baseUrl = baseUrl;
		return this;
	}

	TroubledGrant reader(KeyReader reader) {
		this.reader = reader;
		return this;
	}

	TroubledGrant clock(Clock clock) {
		this.clock = clock;
		return this;
	}

	TroubledGrant restClient(UnaryOperator<RestClient.Builder> change) {
		this.restClient = change.apply(this.restClient);
		return this;
	}

	JwtBearerGrant build() {
		return new JwtBearerGrant(
				AuthorizationServer.of(ZitadelServiceUserProperties.PREFIX, this.issuer, this.baseUrl, true),
				new LastGoodKey(this.reader, List.of()), List.of("openid"), this.restClient.build(), this.clock);
	}

	String failure() {
		return TroubleshootingCases.messageOf(build()::request);
	}

}
