// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.github.zitadelserviceuser.client.grpc.ServiceUserClientInterceptor;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.IssuedToken;
import io.github.zitadelserviceuser.integration.ways.Greeter;
import io.github.zitadelserviceuser.integration.ways.GreetingMethod;
import io.github.zitadelserviceuser.integration.ways.InvoiceApi;
import io.github.zitadelserviceuser.integration.ways.ReactiveInvoiceApi;
import io.github.zitadelserviceuser.integration.ways.Ways;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.stub.ClientCalls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each way of calling out works in an application of every kind, for the service user
 * without a name and for a named one in the same application. What counts is what arrives
 * at the API that is called, and that nothing arrives at the other's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class WaysContract {

	private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization",
			Metadata.ASCII_STRING_MARSHALLER);

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final FakeServiceUser billing = this.zitadel.createServiceUser("billing");

	private final RecordingServer api = RecordingServer.start();

	private final RecordingServer billingApi = RecordingServer.start();

	private final RecordingGrpcServer grpc = RecordingGrpcServer.start();

	private final RecordingGrpcServer billingGrpc = RecordingGrpcServer.start();

	private final Class<?> application;

	private @Nullable ConfigurableApplicationContext context;

	/**
	 * Create the tests of an application.
	 * @param application its main class
	 */
	protected WaysContract(Class<?> application) {
		this.application = application;
	}

	@BeforeAll
	void start() {
		String url = this.api.url("");
		String billingUrl = this.billingApi.url("");
		this.context = Applications.startWith(Ways.class, this.application, this.zitadel,
				"greeting.url=" + url + "/greeting", "greeting.grpc.name=" + this.grpc.name(),
				"greeting.grpc.authority=greetings.example", "billing.url=" + billingUrl + "/greeting",
				"billing.grpc.name=" + this.billingGrpc.name(), "billing.grpc.authority=billing.example",
				"spring.http.serviceclient.greetings.base-url=" + url,
				"spring.http.serviceclient.plain-greetings.base-url=" + url,
				"spring.http.serviceclient.reactive-greetings.base-url=" + url,
				"spring.http.serviceclient.ledger.base-url=" + billingUrl,
				"spring.http.serviceclient.reactive-ledger.base-url=" + billingUrl,
				"zitadel.service-user.http-service-groups=plain-greetings,reactive-greetings",
				"zitadel.service-user.allowed-hosts=greetings.example," + this.api.authority(),
				"zitadel.service-users.billing.key-location=" + this.billing.keyFile(),
				"zitadel.service-users.billing.http-service-groups=ledger,reactive-ledger",
				"zitadel.service-users.billing.allowed-hosts=billing.example," + this.billingApi.authority());
	}

	@BeforeEach
	void forgetCalls() {
		this.api.reset();
		this.billingApi.reset();
		this.grpc.reset();
		this.billingGrpc.reset();
	}

	@AfterAll
	void stop() {
		context().close();
		this.zitadel.close();
		this.api.close();
		this.billingApi.close();
		this.grpc.close();
		this.billingGrpc.close();
	}

	@Test
	void callWhenWebClientIsInjectedThenAuthorized() {
		assertAuthorized("webClientGreeter");
	}

	@Test
	void callWhenRestClientIsInjectedThenAuthorized() {
		assertAuthorized("restClientGreeter");
	}

	@Test
	void callWhenWebClientHasTheFilterThenAuthorized() {
		assertAuthorized("ownWebClientGreeter");
	}

	@Test
	void callWhenRestClientHasTheRequestFactoryThenAuthorized() {
		assertAuthorized("ownRestClientGreeter");
	}

	@Test
	void callWhenRestClientHasTheInterceptorThenAuthorized() {
		assertAuthorized("interceptedRestClientGreeter");
	}

	@Test
	void callWhenRestTemplateHasTheRequestFactoryThenAuthorized() {
		assertAuthorized("restTemplateGreeter");
	}

	@Test
	void callWhenRestTemplateHasTheInterceptorThenAuthorized() {
		assertAuthorized("interceptedRestTemplateGreeter");
	}

	@Test
	void callWhenHttpServiceIsAnnotatedThenAuthorized() {
		assertAuthorized("httpServiceGreeter");
	}

	@Test
	void callWhenReactiveHttpServiceIsAnnotatedThenAuthorized() {
		assertAuthorized("annotatedReactiveHttpServiceGreeter");
	}

	@Test
	void callWhenHttpServiceGroupIsNamedThenAuthorized() {
		assertAuthorized("plainHttpServiceGreeter");
	}

	@Test
	void callWhenReactiveHttpServiceGroupIsNamedThenAuthorized() {
		assertAuthorized("reactiveHttpServiceGreeter");
	}

	@Test
	void callWhenGrpcChannelHasTheInterceptorThenAuthorized() {
		assertGrpcAuthorized("grpcGreeter");
	}

	@Test
	void callWhenGrpcStubHasTheCredentialsThenAuthorized() {
		assertGrpcAuthorized("grpcStubGreeter");
	}

	@Test
	void callWhenTokenIsTakenFromItsSourceThenAuthorized() {
		assertAuthorized("tokenSourceGreeter");
	}

	@Test
	void callWhenHostIsThatOfAnotherUserThenRefusedAndNothingArrives() {
		ServiceUsers users = context().getBean(ServiceUsers.class);
		assertRefused(users.get("default"), this.billingApi);
		assertRefused(users.get("billing"), this.api);
		InvoiceApi invoices = context().getBean(InvoiceApi.class);
		assertRefused(invoices::greeting, this.billingApi);
		assertRefused(invoices::invoice, this.api);
		ReactiveInvoiceApi reactive = context().getBean(ReactiveInvoiceApi.class);
		assertRefused((url) -> reactive.greeting(url).block(), this.billingApi);
		assertRefused((url) -> reactive.invoice(url).block(), this.api);
		assertRefusedByGrpc("serviceUserClientInterceptor", this.billingGrpc, "billing.example");
		assertRefusedByGrpc("serviceUserClientInterceptor.billing", this.grpc, "greetings.example");
	}

	@Test
	void callWhenMethodIsNobodysThenNoTokenIsSent() {
		ReactiveInvoiceApi invoices = context().getBean(ReactiveInvoiceApi.class);
		assertThat(invoices.notice(URI.create(this.billingApi.url("/notice"))).block()).isEqualTo("answered");
		assertThat(this.billingApi.calls()).hasSize(1).allMatch((call) -> call.authorization().isEmpty());
	}

	private void assertAuthorized(String way) {
		assertAuthorized(way, this.zitadel.serviceUser(), this.api);
		assertThat(this.billingApi.calls()).isEmpty();
		this.api.reset();
		assertAuthorized("billing" + StringUtils.capitalize(way), this.billing, this.billingApi);
		assertThat(this.api.calls()).isEmpty();
	}

	private void assertAuthorized(String way, FakeServiceUser user, RecordingServer server) {
		String token = greetTwice(way, user);
		assertThat(server.calls()).hasSize(2).allSatisfy((call) -> {
			assertThat(call.method() + " " + call.path()).isEqualTo("GET /greeting");
			assertThat(call.authorization()).containsExactly("Bearer " + token);
			assertThat(call.headers()).doesNotContainKeys("Cookie", "X-zitadel-instance-host");
			assertThat(List.copyOf(call.headers().values()).toString()).containsOnlyOnce(token);
		});
	}

	private void assertGrpcAuthorized(String way) {
		assertGrpcAuthorized(way, this.zitadel.serviceUser(), this.grpc);
		assertThat(this.billingGrpc.calls()).isEmpty();
		this.grpc.reset();
		assertGrpcAuthorized("billing" + StringUtils.capitalize(way), this.billing, this.billingGrpc);
		assertThat(this.grpc.calls()).isEmpty();
		assertThat(this.api.calls()).isEmpty();
		assertThat(this.billingApi.calls()).isEmpty();
	}

	private void assertGrpcAuthorized(String way, FakeServiceUser user, RecordingGrpcServer server) {
		String token = greetTwice(way, user);
		assertThat(server.calls()).hasSize(2).allSatisfy((metadata) -> {
			assertThat(metadata.getAll(AUTHORIZATION)).containsExactly("Bearer " + token);
			assertThat(metadata.keys()).containsOnlyOnce("authorization").doesNotContain("x-zitadel-instance-host");
		});
	}

	private void assertRefused(ServiceUserClient user, RecordingServer server) {
		RestClient restClient = user.restClient();
		WebClient webClient = user.webClient();
		assertRefused((url) -> restClient.get().uri(url).retrieve().body(String.class), server);
		assertRefused((url) -> webClient.get().uri(url).retrieve().bodyToMono(String.class).block(), server);
	}

	private void assertRefused(Function<URI, @Nullable String> call, RecordingServer server) {
		assertThatExceptionOfType(HostNotAllowedException.class)
			.isThrownBy(() -> call.apply(URI.create(server.url("/greeting"))));
		assertThat(server.calls()).isEmpty();
	}

	private void assertRefusedByGrpc(String interceptor, RecordingGrpcServer server, String authority) {
		ManagedChannel channel = InProcessChannelBuilder.forName(server.name())
			.overrideAuthority(authority)
			.intercept(context().getBean(interceptor, ServiceUserClientInterceptor.class))
			.build();
		try {
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> ClientCalls.blockingUnaryCall(channel, GreetingMethod.GREET, CallOptions.DEFAULT,
						"who am I?"))
				.withCauseInstanceOf(HostNotAllowedException.class);
			assertThat(server.calls()).isEmpty();
		}
		finally {
			channel.shutdownNow();
		}
	}

	private String greetTwice(String way, FakeServiceUser user) {
		Greeter greeter = context().getBean(way, Greeter.class);
		assertThat(greeter.greet()).isEqualTo("answered");
		assertThat(greeter.greet()).isEqualTo("answered");
		// One for all ways.
		List<IssuedToken> tokens = this.zitadel.issuedTokens()
			.stream()
			.filter((token) -> token.userId().equals(user.id()))
			.toList();
		assertThat(tokens).hasSize(1);
		return tokens.get(0).value();
	}

	private ConfigurableApplicationContext context() {
		return Objects.requireNonNull(this.context);
	}

}
