// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import org.springframework.web.client.RestClient;

/**
 * Changes the {@link RestClient} by which a service user asks ZITADEL for tokens, for the
 * discovery document and for userinfo, and no other. Beans of this type are called in
 * their order when the user is put together: one that is qualified by
 * {@code @ServiceUser("billing")} for the user of this name, any other for the one
 * without a name.
 * <p>
 * What keeps a credential safe is not up to it. The request factory is set afterwards: it
 * follows no redirects, ends an exchange when its time is over, and an answer at 64 KiB;
 * to change it is what a {@link TokenRequestFactoryBuilderCustomizer} is for. What calls
 * out as a service user is refused with an {@link AuthorizedTokenRequestException}.
 * <p>
 * An interceptor that is added here sees the credential and the token, as part of the
 * request and its answer: it must not log or keep them.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TokenRequestClientCustomizer {

	/**
	 * Change the client to be built.
	 * @param builder a builder for the client of one service user
	 */
	void customize(RestClient.Builder builder);

}
