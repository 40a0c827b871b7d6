// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import io.github.zitadelserviceuser.ServiceUser;

import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * What an application has injected to call out as the service user.
 *
 * @param webClient the reactive client
 * @param restClient the blocking client
 */
public record Clients(@ServiceUser WebClient webClient, @ServiceUser RestClient restClient) {

}
