// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import java.net.URI;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.ServiceUserClientHttpRequestFactory;
import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;
import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;
import io.github.zitadelserviceuser.client.grpc.ServiceUserCallCredentials;
import io.github.zitadelserviceuser.client.grpc.ServiceUserClientInterceptor;
import io.github.zitadelserviceuser.token.TokenSource;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.ImportHttpServices;

/**
 * All ways once more, by a named service user, whose API is at {@code billing.url}. Each
 * is called {@code billing} and then as the same way of the unnamed user.
 */
@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "greetings", types = InvoiceApi.class)
@ImportHttpServices(group = "reactive-invoices", types = ReactiveInvoiceApi.class,
		clientType = HttpServiceGroup.ClientType.WEB_CLIENT)
@ImportHttpServices(group = "ledger", types = LedgerApi.class)
@ImportHttpServices(group = "reactive-ledger", types = ReactiveLedgerApi.class,
		clientType = HttpServiceGroup.ClientType.WEB_CLIENT)
class BillingWays {

	private final String url;

	BillingWays(@Value("${billing.url}") String url) {
		this.url = url;
	}

	@Bean
	Greeter billingWebClientGreeter(@ServiceUser("billing") WebClient webClient) {
		return new WebClientGreeter(webClient, this.url);
	}

	@Bean
	Greeter billingRestClientGreeter(@ServiceUser("billing") RestClient restClient) {
		return new RestClientGreeter(restClient, this.url);
	}

	@Bean
	Greeter billingOwnWebClientGreeter(WebClient.Builder builder,
			@ServiceUser("billing") ServiceUserExchangeFilterFunction filter, ClientHttpConnectorBuilder<?> connector,
			HttpClientSettings settings) {
		return new OwnWebClientGreeter(builder, filter, connector, settings, this.url);
	}

	@Bean
	Greeter billingOwnRestClientGreeter(@ServiceUser("billing") ServiceUserClientHttpRequestFactory requestFactory) {
		return new OwnRestClientGreeter(requestFactory, this.url);
	}

	@Bean
	Greeter billingInterceptedRestClientGreeter(@ServiceUser("billing") ServiceUserHttpRequestInterceptor interceptor,
			HttpClientSettings settings) {
		return new InterceptedRestClientGreeter(interceptor, settings, this.url);
	}

	@Bean
	Greeter billingRestTemplateGreeter(@ServiceUser("billing") ServiceUserClientHttpRequestFactory requestFactory) {
		return new RestTemplateGreeter(requestFactory, this.url);
	}

	@Bean
	Greeter billingInterceptedRestTemplateGreeter(@ServiceUser("billing") ServiceUserHttpRequestInterceptor interceptor,
			HttpClientSettings settings) {
		return new InterceptedRestTemplateGreeter(interceptor, settings, this.url);
	}

	@Bean
	Greeter billingHttpServiceGreeter(InvoiceApi api) {
		return () -> api.invoice(URI.create(this.url));
	}

	@Bean
	Greeter billingPlainHttpServiceGreeter(LedgerApi api) {
		return api::entry;
	}

	@Bean
	Greeter billingReactiveHttpServiceGreeter(ReactiveLedgerApi api) {
		return () -> api.entry().block();
	}

	@Bean
	Greeter billingAnnotatedReactiveHttpServiceGreeter(ReactiveInvoiceApi api) {
		return () -> api.invoice(URI.create(this.url)).block();
	}

	@Bean
	Greeter billingTokenSourceGreeter(@ServiceUser("billing") TokenSource tokens) {
		return new TokenSourceGreeter(tokens, URI.create(this.url));
	}

	@Bean(defaultCandidate = false)
	@Qualifier("billing")
	ManagedChannel billingChannel(@Value("${billing.grpc.name}") String name,
			@Value("${billing.grpc.authority}") String authority,
			@ServiceUser("billing") ServiceUserClientInterceptor interceptor) {
		return InProcessChannelBuilder.forName(name).overrideAuthority(authority).intercept(interceptor).build();
	}

	@Bean(defaultCandidate = false)
	@Qualifier("billing-stub")
	ManagedChannel billingStubChannel(@Value("${billing.grpc.name}") String name,
			@Value("${billing.grpc.authority}") String authority) {
		return InProcessChannelBuilder.forName(name).overrideAuthority(authority).build();
	}

	@Bean
	Greeter billingGrpcGreeter(@Qualifier("billing") ManagedChannel channel) {
		return new GrpcGreeter(channel);
	}

	@Bean
	Greeter billingGrpcStubGreeter(@Qualifier("billing-stub") ManagedChannel channel,
			@ServiceUser("billing") ServiceUserCallCredentials credentials) {
		return new GrpcStubGreeter(channel, credentials);
	}

}
