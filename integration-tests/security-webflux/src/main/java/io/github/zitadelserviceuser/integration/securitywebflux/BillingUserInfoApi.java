// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.securitywebflux;

import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.client.annotation.ClientRegistrationId;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

@ClientRegistrationId("zitadel-billing")
@HttpExchange
interface BillingUserInfoApi {

	@GetExchange("/oidc/v1/userinfo")
	Mono<String> userInfo();

}
