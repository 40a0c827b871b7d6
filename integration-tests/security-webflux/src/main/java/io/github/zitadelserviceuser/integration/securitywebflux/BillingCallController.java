// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.securitywebflux;

import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.reactive.function.client.ServerOAuth2AuthorizedClientExchangeFilterFunction;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The same calls as a named service user.
 */
@RestController
class BillingCallController {

	private final WebClient webClient;

	private final BillingUserInfoApi userInfoApi;

	private final String url;

	BillingCallController(WebClient.Builder builder, ReactiveOAuth2AuthorizedClientManager manager,
			BillingUserInfoApi userInfoApi, @Value("${company.api-url:}") String url) {
		this.webClient = builder.filter(new ServerOAuth2AuthorizedClientExchangeFilterFunction(manager)).build();
		this.userInfoApi = userInfoApi;
		this.url = url;
	}

	@GetMapping("/billing/web-client")
	Mono<String> callWithWebClient() {
		return this.webClient.get()
			.uri(this.url)
			.attributes(ServerOAuth2AuthorizedClientExchangeFilterFunction.clientRegistrationId("zitadel-billing"))
			.retrieve()
			.bodyToMono(String.class);
	}

	@GetMapping("/billing/http-service")
	Mono<String> callWithHttpService() {
		return this.userInfoApi.userInfo();
	}

	@GetMapping("/billing/argument")
	String principalOf(@RegisteredOAuth2AuthorizedClient("zitadel-billing") OAuth2AuthorizedClient client) {
		return client.getPrincipalName() + " by " + client.getClientRegistration().getRegistrationId();
	}

}
