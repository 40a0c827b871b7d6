// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Changes the {@link WebClient} that calls out as the service user, and no other. Beans
 * of this type are called in their order when that client is built, after Spring Boot's
 * customizers and after its
 * {@link org.springframework.http.client.reactive.ClientHttpConnector connector} was set;
 * only what puts the token on a request comes later.
 * <p>
 * A connector that is set here must not follow redirects: where they lead is seen by
 * nobody, and the token would go along.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ServiceUserWebClientCustomizer {

	/**
	 * Change the client to be built.
	 * @param builder a builder for this client alone
	 */
	void customize(WebClient.Builder builder);

}
