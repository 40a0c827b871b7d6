// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.function.BiConsumer;

import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Calls that are refused, here or by ZITADEL's APIs.
 */
final class CallCases implements TroubleshootingCases {

	private static final String ALLOWED = "zitadel.service-user.allowed-hosts=api.example.com";

	@Override
	public void provoke(BiConsumer<String, String> texts) {
		texts.accept("host not allowed", call("https://elsewhere.example/"));
		texts.accept("host not allowed, with others", call("https://elsewhere.example/", ALLOWED));
		texts.accept("plain http", call("http://api.example.com/", ALLOWED));
		texts.accept("URL that cannot be judged", call("https://user@api.example.com/", ALLOWED));
		texts.accept("redirect to plain http", redirected("http://api.example.com/"));
		texts.accept("redirect elsewhere", redirected("https://elsewhere.example/"));
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			texts.accept("API without its audience", api(zitadel, "openid"));
			zitadel.serviceUser().denyApiPermission();
			texts.accept("API without permission", api(zitadel, "urn:zitadel:iam:org:project:id:zitadel:aud"));
			zitadel.serviceUser().removeMemberships();
			texts.accept("API without membership", api(zitadel, "urn:zitadel:iam:org:project:id:zitadel:aud"));
		}
	}

	private static String call(String url, String... properties) {
		String[] message = { "" };
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			Contexts.of(zitadel).withPropertyValues(properties).run((context) -> {
				RestClient client = context.getBean("serviceUserRestClient", RestClient.class);
				message[0] = TroubleshootingCases
					.messageOf(() -> client.get().uri(URI.create(url)).retrieve().toBodilessEntity());
			});
		}
		return message[0];
	}

	private static String redirected(String target) {
		String[] message = { "" };
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			Contexts.of(zitadel)
				.withPropertyValues(ALLOWED, "zitadel.service-user.follow-redirects=true")
				.run((context) -> {
					WebClient client = WebClient.builder()
						.filter(context.getBean(ServiceUserExchangeFilterFunction.class))
						.exchangeFunction((request) -> Mono
							.just(ClientResponse.create(HttpStatus.FOUND).header(HttpHeaders.LOCATION, target).build()))
						.build();
					message[0] = TroubleshootingCases.messageOf(() -> client.get()
						.uri("https://api.example.com/")
						.retrieve()
						.toBodilessEntity()
						.block(Duration.ofSeconds(20)));
				});
		}
		return message[0];
	}

	private static String api(FakeZitadel zitadel, String scope) {
		String[] body = { "" };
		Contexts.of(zitadel).withPropertyValues("zitadel.service-user.scopes=" + scope).run((context) -> {
			String token = context.getBean(TokenSource.class).await().value();
			body[0] = RestClient.create()
				.get()
				.uri(URI.create(zitadel.url() + "/management/v1/users/" + zitadel.serviceUser().id()))
				.headers((headers) -> headers.setBearerAuth(token))
				.exchangeForRequiredValue(
						(request, response) -> response.getStatusCode().value() + " " + response.bodyTo(String.class));
		});
		return body[0];
	}

}
