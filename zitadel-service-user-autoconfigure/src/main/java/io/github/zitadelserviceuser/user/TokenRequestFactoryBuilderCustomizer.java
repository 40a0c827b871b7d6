// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;

/**
 * Changes, or replaces, the client library by which a service user asks ZITADEL for
 * tokens, for the discovery document and for userinfo, and leaves that of calls as it is.
 * Beans of this type are called in their order when the user is put together: one that is
 * qualified by {@code @ServiceUser("billing")} for the user of this name, any other for
 * the one without a name. The user then has connections of its own for these requests.
 * <p>
 * Whatever a builder of Spring Boot's is told here, its client follows no redirects, by
 * which a credential would leave the issuer. A builder of another type, or one that is
 * given a whole client, has to see to that itself: {@link HttpClientSettings#redirects()}
 * says so.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TokenRequestFactoryBuilderCustomizer {

	/**
	 * Return what makes the request factory for token requests.
	 * @param builder what would make it otherwise, with the settings of the application
	 * @return the same, changed, or another
	 */
	ClientHttpRequestFactoryBuilder<?> customize(ClientHttpRequestFactoryBuilder<?> builder);

}
