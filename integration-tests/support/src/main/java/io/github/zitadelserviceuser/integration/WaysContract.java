// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import java.util.List;
import java.util.Objects;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.ways.Greeter;
import io.github.zitadelserviceuser.integration.ways.Ways;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each way of calling out works in an application of every kind. What counts is what
 * arrives at the API that is called.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class WaysContract {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final RecordingServer api = RecordingServer.start();

	private final RecordingGrpcServer grpc = RecordingGrpcServer.start();

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
		this.context = Applications.startWith(Ways.class, this.application, this.zitadel,
				"greeting.url=" + url + "/greeting", "greeting.grpc.name=" + this.grpc.name(),
				"greeting.grpc.authority=greetings.example", "spring.http.serviceclient.greetings.base-url=" + url,
				"spring.http.serviceclient.reactive-greetings.base-url=" + url,
				"zitadel.service-user.http-service-groups=reactive-greetings",
				"zitadel.service-user.allowed-hosts=greetings.example," + this.api.authority());
	}

	@BeforeEach
	void forgetCalls() {
		this.api.reset();
		this.grpc.reset();
	}

	@AfterAll
	void stop() {
		context().close();
		this.zitadel.close();
		this.api.close();
		this.grpc.close();
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
	void callWhenRestClientHasTheInterceptorThenAuthorized() {
		assertAuthorized("ownRestClientGreeter");
	}

	@Test
	void callWhenRestClientHasTheInitializerThenAuthorized() {
		assertAuthorized("initializedRestClientGreeter");
	}

	@Test
	void callWhenRestTemplateHasTheInterceptorThenAuthorized() {
		assertAuthorized("restTemplateGreeter");
	}

	@Test
	void callWhenHttpServiceIsAnnotatedThenAuthorized() {
		assertAuthorized("httpServiceGreeter");
	}

	@Test
	void callWhenHttpServiceGroupIsNamedThenAuthorized() {
		assertAuthorized("reactiveHttpServiceGreeter");
	}

	@Test
	void callWhenGrpcChannelHasTheInterceptorThenAuthorized() {
		String token = greetTwice("grpcGreeter");
		assertThat(this.grpc.calls()).hasSize(2).allSatisfy((metadata) -> {
			assertThat(metadata.getAll(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER)))
				.containsExactly("Bearer " + token);
			assertThat(metadata.keys()).containsOnlyOnce("authorization").doesNotContain("x-zitadel-instance-host");
		});
		assertThat(this.api.calls()).isEmpty();
	}

	@Test
	void callWhenTokenIsTakenFromItsSourceThenAuthorized() {
		assertAuthorized("tokenSourceGreeter");
	}

	private void assertAuthorized(String way) {
		String token = greetTwice(way);
		assertThat(this.api.calls()).hasSize(2).allSatisfy((call) -> {
			assertThat(call.method() + " " + call.path()).isEqualTo("GET /greeting");
			assertThat(call.authorization()).containsExactly("Bearer " + token);
			assertThat(call.headers()).doesNotContainKeys("Cookie", "X-zitadel-instance-host");
			assertThat(List.copyOf(call.headers().values()).toString()).containsOnlyOnce(token);
		});
	}

	private String greetTwice(String way) {
		Greeter greeter = context().getBean(way, Greeter.class);
		assertThat(greeter.greet()).isEqualTo("answered");
		assertThat(greeter.greet()).isEqualTo("answered");
		// One for all ways.
		assertThat(this.zitadel.issuedTokens()).hasSize(1);
		return this.zitadel.issuedTokens().get(0).value();
	}

	private ConfigurableApplicationContext context() {
		return Objects.requireNonNull(this.context);
	}

}
