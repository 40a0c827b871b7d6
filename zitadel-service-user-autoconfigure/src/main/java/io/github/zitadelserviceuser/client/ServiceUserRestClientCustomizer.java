// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import org.springframework.web.client.RestClient;

/**
 * Changes the {@link RestClient} that calls out as the service user, and no other. Beans
 * of this type are called in their order when that client is built, after Spring Boot's
 * customizers and after its
 * {@link org.springframework.http.client.ClientHttpRequestFactory request factory} was
 * set.
 * <p>
 * A request factory that is set here takes the place of the client library and is
 * authorized as that was. It must not follow redirects: where they lead is seen by
 * nobody, and the token would go along. An interceptor that is added here sees requests
 * without the token, and makes Spring hold the body of each in memory.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ServiceUserRestClientCustomizer {

	/**
	 * Change the client to be built.
	 * @param builder a builder for this client alone
	 */
	void customize(RestClient.Builder builder);

}
