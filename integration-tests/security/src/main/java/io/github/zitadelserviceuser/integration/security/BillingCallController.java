// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.security;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.client.OAuth2ClientHttpRequestInterceptor;
import org.springframework.security.oauth2.client.web.client.RequestAttributeClientRegistrationIdResolver;
import org.springframework.security.oauth2.client.web.reactive.function.client.ServletOAuth2AuthorizedClientExchangeFilterFunction;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The same calls as a named service user.
 */
@RestController
class BillingCallController {

	private final WebClient webClient;

	private final RestClient restClient;

	private final BillingUserInfoApi userInfoApi;

	private final String url;

	BillingCallController(WebClient.Builder webClientBuilder, RestClient.Builder restClientBuilder,
			OAuth2AuthorizedClientManager manager, BillingUserInfoApi userInfoApi,
			@Value("${company.api-url:}") String url) {
		this.webClient = webClientBuilder.filter(new ServletOAuth2AuthorizedClientExchangeFilterFunction(manager))
			.build();
		this.restClient = restClientBuilder.requestInterceptor(new OAuth2ClientHttpRequestInterceptor(manager)).build();
		this.userInfoApi = userInfoApi;
		this.url = url;
	}

	@GetMapping("/billing/rest-client")
	@Nullable String callWithRestClient() {
		return this.restClient.get()
			.uri(this.url)
			.attributes(RequestAttributeClientRegistrationIdResolver.clientRegistrationId("zitadel-billing"))
			.retrieve()
			.body(String.class);
	}

	@GetMapping("/billing/web-client")
	@Nullable String callWithWebClient() {
		return this.webClient.get()
			.uri(this.url)
			.attributes(ServletOAuth2AuthorizedClientExchangeFilterFunction.clientRegistrationId("zitadel-billing"))
			.retrieve()
			.bodyToMono(String.class)
			.block();
	}

	@GetMapping("/billing/http-service")
	String callWithHttpService() {
		return this.userInfoApi.userInfo();
	}

	@GetMapping("/billing/argument")
	String principalOf(@RegisteredOAuth2AuthorizedClient("zitadel-billing") OAuth2AuthorizedClient client) {
		return client.getPrincipalName() + " by " + client.getClientRegistration().getRegistrationId();
	}

}
