// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.grpc.client.GrpcChannelFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The configuration that the page on the ways of calling out shows for Spring gRPC does
 * what the page says, line by line.
 */
class SpringGrpcPageTests {

	private static final Pattern YAML = Pattern.compile("```yaml\n(spring:\n  grpc:\n.*?)```", Pattern.DOTALL);

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
	void channelWhenConfiguredAsShownThenLeadsToTheAllowedHost() {
		Properties shown = shown();
		try (ConfigurableApplicationContext context = start()) {
			assertThat(channel(context).authority())
				.isEqualTo(shown.getProperty("zitadel.service-user.allowed-hosts") + ":443");
		}
	}

	@Test
	void callWhenConfiguredAsShownThenNeedsTls() {
		try (ConfigurableApplicationContext context = start(elsewhere())) {
			assertThat(Calls.failureOf(channel(context)).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
			assertThat(SERVER.authorizations()).isEmpty();
		}
	}

	@Test
	void callWhenConfiguredAsShownThenAuthorized() {
		List<String> properties = new ArrayList<>(List.of(elsewhere()));
		properties.add("spring.grpc.client.channel.orders.ssl.enabled=false");
		try (ConfigurableApplicationContext context = start(properties.toArray(String[]::new))) {
			assertThat(Calls.unary(channel(context), "hello")).isEqualTo("hello");
			assertThat(SERVER.authorizations())
				.containsExactly(List.of("Bearer " + ZITADEL.issuedTokens().get(0).value()));
		}
	}

	private static String[] elsewhere() {
		return new String[] { "spring.grpc.client.channel.orders.target=static://" + SERVER.authority(),
				"zitadel.service-user.allowed-hosts=localhost" };
	}

	private static ManagedChannel channel(ConfigurableApplicationContext context) {
		return context.getBean(GrpcChannelFactory.class).createChannel("orders");
	}

	private static ConfigurableApplicationContext start(String... properties) {
		SpringApplication application = new SpringApplication(GrpcApplication.class);
		application.setDefaultProperties(shown());
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("zitadel.service-user.issuer-uri=" + ZITADEL.issuer());
		all.add("zitadel.service-user.key-location=" + ZITADEL.serviceUser().key().keyFile());
		return application.run(all.stream().map((property) -> "--" + property).toArray(String[]::new));
	}

	private static Properties shown() {
		try {
			Matcher block = YAML.matcher(Files.readString(Path.of("../../docs/calling-out.md")));
			assertThat(block.find()).isTrue();
			YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
			yaml.setResources(new ByteArrayResource(block.group(1).getBytes(StandardCharsets.UTF_8)));
			return Objects.requireNonNull(yaml.getObject());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
