// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.grpc;

import java.util.ArrayList;
import java.util.List;

import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Applications;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.grpc.ClientInterceptor;
import io.grpc.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.GlobalClientInterceptor;
import org.springframework.grpc.client.GrpcChannelFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

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
	void callWhenChannelsAreOfTwoUsersThenEachHasItsOwnTokenAndGoesToItsOwnHosts() {
		FakeServiceUser billing = ZITADEL.createServiceUser("billing");
		try (EchoServer invoices = EchoServer.start();
				ConfigurableApplicationContext context = Applications.start(GrpcApplication.class, ZITADEL,
						"spring.grpc.client.channel.orders.target=static://" + SERVER.authority(),
						"spring.grpc.client.channel.invoices.target=static://" + invoices.authority(),
						"spring.grpc.client.channel.lost.target=static://" + SERVER.authority(),
						"zitadel.service-user.allowed-hosts=" + SERVER.authority(),
						"zitadel.service-user.grpc-channels=orders",
						"zitadel.service-users.billing.key-location=" + billing.keyFile(),
						"zitadel.service-users.billing.allowed-hosts=" + invoices.authority(),
						"zitadel.service-users.billing.grpc-channels=invoices,lost")) {
			assertThat(call(context, "orders")).isEqualTo("hello");
			assertThat(call(context, "invoices")).isEqualTo("hello");
			Status refused = Calls.failureOf(context.getBean(GrpcChannelFactory.class).createChannel("lost"));
			assertThat(refused.getCause()).isInstanceOf(HostNotAllowedException.class)
				.hasMessageContaining("zitadel.service-users.billing.allowed-hosts");
			assertThat(SERVER.authorizations()).containsExactly(token(ZITADEL.serviceUser()));
			assertThat(invoices.authorizations()).containsExactly(token(billing));
		}
	}

	@Test
	void startWhenTwoUsersClaimAChannelThenNamesBoth() {
		assertThatException()
			.isThrownBy(
					() -> Applications
						.start(GrpcApplication.class, ZITADEL,
								properties("zitadel.service-user.grpc-channels=orders,other",
										"zitadel.service-users.billing.key-location=" + ZITADEL.serviceUser().keyFile(),
										"zitadel.service-users.billing.grpc-channels=other"))
						.close())
			.havingRootCause()
			.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
				assertThat(ex.getName()).isEqualTo("zitadel.service-user.grpc-channels");
				assertThat(ex.getValue()).isEqualTo("other");
				assertThat(ex.getReason()).contains("'zitadel.service-users.billing.grpc-channels'");
			});
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
			assertThat(output).contains("static://" + SERVER.authority())
				.contains("grpc-channels', or that of a named user, names [oders]");
		}
	}

	private static String[] properties(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.addAll(List.of("spring.grpc.client.channel.orders.target=static://" + SERVER.authority(),
				"spring.grpc.client.channel.other.target=static://" + SERVER.authority(),
				"zitadel.service-user.allowed-hosts=localhost"));
		return all.toArray(String[]::new);
	}

	private static String call(ConfigurableApplicationContext context, String channel) {
		return Calls.unary(context.getBean(GrpcChannelFactory.class).createChannel(channel), "hello");
	}

	private static List<String> token() {
		return token(ZITADEL.serviceUser());
	}

	private static List<String> token(FakeServiceUser user) {
		return ZITADEL.issuedTokens()
			.stream()
			.filter((token) -> token.userId().equals(user.id()))
			.map((token) -> "Bearer " + token.value())
			.toList();
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
