// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.grpc;

import java.util.List;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Applications;
import io.grpc.ClientInterceptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.GlobalClientInterceptor;
import org.springframework.grpc.client.GrpcChannelFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The channels of Spring gRPC, as Spring Boot configures them: those that are named call
 * out as the service user, and no others.
 */
@ExtendWith(OutputCaptureExtension.class)
class SpringGrpcChannelTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final EchoServer SERVER = EchoServer.start();

	@BeforeEach
	void reset() {
		ZITADEL.reset();
		SERVER.reset();
	}

	@AfterAll
	static void close() {
		SERVER.close();
		ZITADEL.close();
	}

	@Test
	void callWhenChannelIsNamedThenTokenArrivesAndOnOthersItDoesNot() {
		try (ConfigurableApplicationContext context = Applications.start(GrpcApplication.class, ZITADEL,
				properties("zitadel.service-user.grpc-channels=orders"))) {
			assertThat(call(context, "orders")).isEqualTo("hello");
			assertThat(call(context, "other")).isEqualTo("hello");
			assertThat(call(context, "static://" + SERVER.authority())).isEqualTo("hello");
			assertThat(SERVER.authorizations()).containsExactly(token(), List.of(), List.of());
		}
	}

	@Test
	void callWhenNoChannelIsNamedThenNoTokenIsSentNorRequested() {
		try (ConfigurableApplicationContext context = Applications.start(GrpcApplication.class, ZITADEL,
				properties("spring.grpc.client.enabled=true"))) {
			call(context, "orders");
			assertThat(SERVER.authorizations()).containsExactly(List.of());
			assertThat(ZITADEL.tokenEndpoint().requestCount()).isZero();
		}
	}

	@Test
	void callWhenApplicationAuthorizesAllChannelsThenThatIsKept() {
		SpringApplication application = new SpringApplication(GrpcApplication.class, OwnAuthorization.class);
		String[] arguments = new String[] { "--spring.grpc.client.channel.orders.target=static://" + SERVER.authority(),
				"--zitadel.service-user.issuer-uri=" + ZITADEL.issuer(),
				"--zitadel.service-user.key-location=" + ZITADEL.serviceUser().key().keyFile(),
				"--zitadel.service-user.allowed-hosts=localhost", "--zitadel.service-user.grpc-channels=orders" };
		try (ConfigurableApplicationContext context = application.run(arguments)) {
			call(context, "orders");
			assertThat(SERVER.authorizations()).containsExactly(List.of("Basic own"));
		}
	}

	@Test
	void callWhenSwitchedOffThenNoTokenIsSent() {
		try (ConfigurableApplicationContext context = Applications.startSwitchedOff(GrpcApplication.class,
				properties("zitadel.service-user.grpc-channels=orders"))) {
			call(context, "orders");
			assertThat(SERVER.authorizations()).containsExactly(List.of());
		}
	}

	@Test
	void createChannelWhenItsNameIsNotAmongThoseThatAreNamedThenSaysSo(CapturedOutput output) {
		try (ConfigurableApplicationContext context = Applications.start(GrpcApplication.class, ZITADEL,
				"zitadel.service-user.grpc-channels=oders",
				"logging.level.io.github.zitadelserviceuser.autoconfigure=debug")) {
			context.getBean(GrpcChannelFactory.class).createChannel("static://" + SERVER.authority());
			assertThat(output).contains("static://" + SERVER.authority()).contains("grpc-channels' names [oders]");
		}
	}

	private static String[] properties(String property) {
		return new String[] { "spring.grpc.client.channel.orders.target=static://" + SERVER.authority(),
				"spring.grpc.client.channel.other.target=static://" + SERVER.authority(),
				"zitadel.service-user.allowed-hosts=localhost", property };
	}

	private static String call(ConfigurableApplicationContext context, String channel) {
		return Calls.unary(context.getBean(GrpcChannelFactory.class).createChannel(channel), "hello");
	}

	private static List<String> token() {
		return List.of("Bearer " + ZITADEL.issuedTokens().get(0).value());
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnAuthorization {

		@Bean
		@GlobalClientInterceptor
		ClientInterceptor ownAuthorization() {
			return Calls.entry("authorization", "Basic own");
		}

	}

}
