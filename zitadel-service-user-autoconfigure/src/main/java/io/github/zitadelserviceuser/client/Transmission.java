// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.io.IOException;

import io.github.zitadelserviceuser.token.AccessToken;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/**
 * How one request of a blocking client is sent, and sent again: by what comes after an
 * interceptor, or by the request factory that ours wraps.
 */
interface Transmission {

	/**
	 * Send the request.
	 * @param request where to, how, and the headers of the caller, who must not find a
	 * token among them afterwards
	 * @param withBody whether the body of the caller is sent
	 * @param token the token to send it with, if any
	 * @return the answer
	 * @throws IOException if it cannot be sent, or there is no answer
	 */
	ClientHttpResponse send(HttpRequest request, boolean withBody, @Nullable AccessToken token) throws IOException;

	/**
	 * Return whether the body, which was sent once, can be sent again.
	 * @return whether it can be
	 */
	boolean isRepeatable();

}
