// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.service;

import java.util.Set;
import java.util.function.BiConsumer;

import io.github.zitadelserviceuser.autoconfigure.Contexts;
import io.github.zitadelserviceuser.autoconfigure.LogCases;
import io.github.zitadelserviceuser.autoconfigure.OpenServer;
import io.github.zitadelserviceuser.autoconfigure.TroubleshootingCases;
import io.github.zitadelserviceuser.autoconfigure.service.HttpServices.InheritingApi;
import io.github.zitadelserviceuser.autoconfigure.service.HttpServices.OtherApi;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.github.zitadelserviceuser.token.TokenSource;

import org.springframework.web.service.registry.HttpServiceGroup;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * HTTP services of which it cannot be told who calls, or that are not there.
 */
public final class HttpServiceCases implements TroubleshootingCases {

	@Override
	public void provoke(BiConsumer<String, String> texts) {
		texts.accept("user or not", TroubleshootingCases.messageOf(() -> ServiceUserMethods.of(new Group())));
		texts.accept("no such group", LogCases.warning(ServiceUserHttpServices.class, HttpServiceCases::wrongGroup));
	}

	private static void wrongGroup() {
		try (OpenServer server = new OpenServer()) {
			HttpServices.BY_REST_CLIENT.of(Contexts.unconfigured(), server)
				.withPropertyValues("zitadel.service-user.issuer-uri=https://zitadel.example",
						"zitadel.service-user.http-service-groups=orders")
				.withBean(TokenSource.class,
						() -> RefreshingTokenSource.builder(() -> new TokenResponse("own", null)).build(),
						Contexts.qualified())
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

	private record Group() implements HttpServiceGroup {

		@Override
		public String name() {
			return "api";
		}

		@Override
		public Set<Class<?>> httpServiceTypes() {
			return Set.of(InheritingApi.class, OtherApi.class);
		}

		@Override
		public ClientType clientType() {
			return ClientType.REST_CLIENT;
		}

	}

}
