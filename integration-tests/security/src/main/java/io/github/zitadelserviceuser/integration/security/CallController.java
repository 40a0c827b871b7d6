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
 * Calls ZITADEL for the person who is logged in, but as the service user, by the means of
 * Spring Security alone.
 */
@RestController
class CallController {

	private final WebClient webClient;

	private final RestClient restClient;

	private final UserInfoApi userInfoApi;

	private final String url;

	CallController(WebClient.Builder webClientBuilder, RestClient.Builder restClientBuilder,
			OAuth2AuthorizedClientManager manager, UserInfoApi userInfoApi, @Value("${company.api-url:}") String url) {
		this.webClient = webClientBuilder.filter(new ServletOAuth2AuthorizedClientExchangeFilterFunction(manager))
			.build();
		this.restClient = restClientBuilder.requestInterceptor(new OAuth2ClientHttpRequestInterceptor(manager)).build();
		this.userInfoApi = userInfoApi;
		this.url = url;
	}

	@GetMapping("/rest-client")
	@Nullable String callWithRestClient() {
		return this.restClient.get()
			.uri(this.url)
			.attributes(RequestAttributeClientRegistrationIdResolver.clientRegistrationId("zitadel"))
			.retrieve()
			.body(String.class);
	}

	@GetMapping("/web-client")
	@Nullable String callWithWebClient() {
		return this.webClient.get()
			.uri(this.url)
			.attributes(ServletOAuth2AuthorizedClientExchangeFilterFunction.clientRegistrationId("zitadel"))
			.retrieve()
			.bodyToMono(String.class)
			.block();
	}

	@GetMapping("/http-service")
	String callWithHttpService() {
		return this.userInfoApi.userInfo();
	}

	@GetMapping("/argument")
	String principalOf(@RegisteredOAuth2AuthorizedClient("zitadel") OAuth2AuthorizedClient client) {
		return client.getPrincipalName() + " by " + client.getClientRegistration().getRegistrationId();
	}

}
