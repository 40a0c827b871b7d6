// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test.autoconfigure;

import java.util.Map;

import io.github.zitadelserviceuser.autoconfigure.service.ServiceUserRestClientGroupConfigurer;
import io.github.zitadelserviceuser.autoconfigure.service.ZitadelServiceUserHttpServiceClientAutoConfiguration;
import io.github.zitadelserviceuser.user.ServiceUserCustomizer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.restclient.test.MockServerRestClientCustomizer;
import org.springframework.boot.restclient.test.autoconfigure.MockRestServiceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.test.web.client.RequestExpectationManager;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that binds the service user's
 * {@link RestClient}, and that of each named one, to the {@link MockRestServiceServer} of
 * a test.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { MockRestServiceServerAutoConfiguration.class,
		ZitadelServiceUserHttpServiceClientAutoConfiguration.class })
@ConditionalOnClass({ MockServerRestClientCustomizer.class, RestClient.class })
@ConditionalOnBean(MockServerRestClientCustomizer.class)
public final class ServiceUserMockServerAutoConfiguration {

	@Bean
	ServiceUserCustomizer mockServerServiceUserCustomizer(MockServerRestClientCustomizer mockServers) {
		return (name, user) -> user.restClient((builder) -> bind(builder, mockServers));
	}

	// Asked for after the service user's own, which has replaced the mock server.
	@Bean
	RestClientHttpServiceGroupConfigurer mockServerServiceUserHttpServiceGroupConfigurer(
			MockServerRestClientCustomizer mockServers,
			ObjectProvider<ServiceUserRestClientGroupConfigurer> authorization) {
		return (groups) -> groups.forEachClient((group, builder) -> {
			RequestExpectationManager binding = mockServers.getExpectationManagers().get(builder);
			if (binding != null) {
				ClientHttpRequestFactory mock = requestFactory(binding);
				ServiceUserRestClientGroupConfigurer ours = authorization.getIfAvailable();
				builder.requestFactory((ours != null) ? ours.authorizing(group, mock) : mock);
			}
		});
	}

	// A mock server shows its request factory to a client alone.
	private static ClientHttpRequestFactory requestFactory(RequestExpectationManager binding) {
		RestTemplate client = new RestTemplate();
		MockRestServiceServer.bindTo(client).build(binding);
		return client.getRequestFactory();
	}

	// Ours is bound already, to what its request factory has replaced since. Boot's mock
	// server serves one binding only: the client of a second user joins that of the first
	// or of the application. With several of the application's, each is asked for by
	// itself.
	private static void bind(RestClient.Builder builder, MockServerRestClientCustomizer mockServers) {
		Map<RestClient.Builder, RequestExpectationManager> bindings = mockServers.getExpectationManagers();
		RequestExpectationManager own = bindings.remove(builder);
		if (bindings.size() == 1) {
			MockRestServiceServer.bindTo(builder).build(bindings.values().iterator().next());
		}
		else if (own != null) {
			bindings.put(builder, own);
			MockRestServiceServer.bindTo(builder).build(own);
		}
		else {
			mockServers.customize(builder);
		}
	}

}
