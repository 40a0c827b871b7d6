// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import io.github.zitadelserviceuser.client.CallHints;
import io.github.zitadelserviceuser.client.IssuerHeaders;
import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.grant.UserInfoEndpoint;
import io.github.zitadelserviceuser.key.CredentialInUse;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.Origin;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenSource;
import org.jspecify.annotations.Nullable;

import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * What one service user is made of.
 *
 * @param name its name
 * @param server who issues its tokens
 * @param scopes what its tokens are requested with
 * @param userInfoEndpoint where to ask who it is, unless tokens are not requested here
 * @param allowedHosts where they may go
 * @param tokens where they come from
 * @param watched the same, if it can be watched and is not the application's own
 * @param refreshPolicy the numbers in their life
 * @param credential what it authenticates with, if that can be watched
 * @param hints who is told of answers of 401
 * @param followRedirects whether its clients follow redirects
 * @param shared what it shares with others
 * @param restClient change its {@code RestClient}
 * @param webClient change its {@code WebClient}
 */
record ServiceUserParts(String name, AuthorizationServer server, Set<String> scopes,
		@Nullable UserInfoEndpoint userInfoEndpoint, AllowedHosts allowedHosts, @Nullable TokenSource tokens,
		@Nullable RefreshingTokenSource watched, RefreshPolicy refreshPolicy, @Nullable CredentialInUse credential,
		@Nullable CallHints hints, boolean followRedirects, SharedResources shared,
		List<Consumer<RestClient.Builder>> restClient, List<Consumer<WebClient.Builder>> webClient) {

	TokenSource tokenSource() {
		return Objects.requireNonNull(this.tokens);
	}

	ServiceUserParts with(Authentication authentication, RefreshingTokenSource tokens, @Nullable CallHints hints) {
		return new ServiceUserParts(this.name, this.server, this.scopes, authentication.userInfoEndpoint(),
				this.allowedHosts, tokens, tokens, this.refreshPolicy, authentication.credential(), hints,
				this.followRedirects, this.shared, this.restClient, this.webClient);
	}

	ServiceUserParts withTokenSource(TokenSource other) {
		return new ServiceUserParts(this.name, this.server, this.scopes, this.userInfoEndpoint, this.allowedHosts,
				other, null, this.refreshPolicy, this.credential, this.hints, this.followRedirects, this.shared,
				this.restClient, this.webClient);
	}

	@Nullable IssuerHeaders issuerHeaders() {
		Map<String, String> atBaseUrl = new HashMap<>(this.server.headers());
		if (this.server.isInternal()) {
			atBaseUrl.put(AuthorizationServer.INSTANCE_HOST_HEADER, this.server.instanceHost());
		}
		Map<Origin, Map<String, String>> byOrigin = new HashMap<>();
		byOrigin.put(Origin.of(this.server.issuer()), this.server.headers());
		byOrigin.put(Origin.of(this.server.baseUrl()), atBaseUrl);
		return atBaseUrl.isEmpty() ? null : new IssuerHeaders(byOrigin);
	}

}
