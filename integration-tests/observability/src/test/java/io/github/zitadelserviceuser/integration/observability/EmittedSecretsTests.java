// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.observability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Clients;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Neither key nor assertion nor token is in anything that the application emits, with
 * every logger at {@code TRACE}. (Of the HTTP clients, Apache's and Jetty's write whole
 * requests to their own logs at {@code DEBUG}, which nothing but a logger's level can
 * prevent; the application uses the JDK's.)
 */
class EmittedSecretsTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final FakeServiceUserKey key = this.zitadel.serviceUser().key();

	private final SecretSearch search = new SecretSearch().add(this.key);

	private final List<Throwable> failures = new ArrayList<>();

	@TempDir
	Path directory;

	@AfterEach
	void stop() {
		this.zitadel.close();
	}

	@Test
	void emitWhenAllIsWellThenNoSecret() throws IOException {
		assertNoSecret("base64:" + this.key.base64(), (application) -> {
			call(application, false);
			assertThat(this.failures).isEmpty();
		}, 1, 1);
	}

	@Test
	void emitWhenTheKeyIsAVariableWithoutPrefixThenNoSecret() throws IOException {
		assertNoSecret("base64:${my.key}", (application) -> call(application, false), 1, 1,
				"my.key=" + this.key.base64().replaceAll("(.{76})", "$1\n"));
	}

	@Test
	void emitWhenSwitchedOffThenNoSecret() throws IOException {
		try (Watched application = start("base64:${my.key}", "my.key=" + this.key.base64(),
				"zitadel.service-user.enabled=false", "spring.main.lazy-initialization=true")) {
			application.endpoints()
				.forEach((source, text) -> assertThat(this.search.in(text)).as("secrets in " + source).isEmpty());
		}
		assertThat(this.search.in(log())).isEmpty();
	}

	@Test
	void emitWhenRefusedThenNoSecret() throws IOException {
		assertNoSecret("base64:" + this.key.base64(), (application) -> {
			this.zitadel.serviceUser().expireKey(this.key.keyId());
			call(application, true);
			this.zitadel.tokenEndpoint().answerAlways(FakeAnswer.badGateway());
			call(application, true);
		}, 1, 0);
	}

	@Test
	void emitWhenKeyIsBrokenLaterThenNoSecret() throws IOException {
		Path file = this.key.writeTo(this.directory.resolve("key.json"));
		assertNoSecret(file.toString(), (application) -> {
			write(file, this.key.json().replace("serviceaccount", "application"));
			call(application, true);
			write(file, this.key.json().substring(0, this.key.json().length() / 2));
			call(application, true);
		}, 0, 0);
	}

	@Test
	void emitWhenTokenIsRejectedThenNoSecret() throws IOException {
		assertNoSecret("base64:" + this.key.base64(), (application) -> {
			call(application, false);
			this.zitadel.revokeAllTokens();
			call(application, true);
			TokenSource tokens = application.bean(TokenSource.class);
			this.failures.add(new IllegalStateException(tokens.reject(tokens.await()).join().toString()));
		}, 1, 1);
	}

	@Test
	void emitWhenKeyIsPastedThenTheStartFailsWithoutIt() throws IOException {
		for (String location : List.of(this.key.json(), this.key.pem(), this.key.base64(),
				"base64:" + this.key.base64() + "!", "file:" + this.key.base64())) {
			Throwable failure = catchThrowable(() -> start(location).close());
			assertThat(failure).isNotNull();
			assertThat(this.search.in(SecretSearch.textOf(failure))).isEmpty();
			assertThat(this.search.in(log())).isEmpty();
		}
	}

	@Test
	void emitWhenNothingHidesTheKeyThenItIsFound() {
		try (Watched application = Watched.start(this.zitadel, "base64:" + this.key.base64(),
				"spring.autoconfigure.exclude=io.github.zitadelserviceuser.autoconfigure."
						+ "observability.ZitadelServiceUserActuatorAutoConfiguration")) {
			Map<String, String> endpoints = application.endpoints();
			assertThat(this.search.in(endpoints.get("env"))).containsExactly("key file");
			assertThat(this.search.in(endpoints.get("configprops"))).containsExactly("key file");
		}
	}

	private void assertNoSecret(String keyLocation, Consumer<Watched> scenario, int assertions, int tokens,
			String... properties) throws IOException {
		Map<String, String> emitted = new TreeMap<>();
		try (Watched application = start(keyLocation, properties)) {
			scenario.accept(application);
			Wire wire = application.bean(Wire.class);
			assertThat(wire.assertions()).hasSizeGreaterThanOrEqualTo(assertions);
			assertThat(this.zitadel.issuedTokens()).hasSizeGreaterThanOrEqualTo(tokens);
			this.search.add(this.zitadel, wire);
			emitted.putAll(application.endpoints());
			emitted.put("observations", application.bean(Observations.class).text());
			emitted.put("beans as text", beans(application.context()));
		}
		this.failures.forEach((failure) -> emitted.put("failure " + emitted.size(), SecretSearch.textOf(failure)));
		emitted.put("log", log());
		assertThat(emitted).containsKeys("env", "configprops", "beans", "health", "metrics", "prometheus", "conditions",
				"mappings", "log");
		assertThat(emitted.get("env")).contains("zitadel.service-user.key-location");
		assertThat(emitted.get("configprops")).contains("keyLocation");
		assertThat(emitted.get("prometheus")).contains("zitadel_service_user_token_requests_seconds_count");
		assertThat(emitted.get("observations")).contains("zitadel.service.user.token.requests");
		assertThat(emitted.get("log")).contains(" TRACE ");
		emitted.forEach((source, text) -> assertThat(this.search.in(text)).as("secrets in " + source).isEmpty());
	}

	private Watched start(String keyLocation, String... properties) {
		List<String> all = new ArrayList<>(List.of("logging.level.root=TRACE", "logging.threshold.console=OFF",
				"logging.file.name=" + this.directory.resolve("application.log"),
				"logging.logback.rollingpolicy.max-file-size=1GB"));
		all.addAll(List.of(properties));
		return Watched.start(this.zitadel, keyLocation, all.toArray(String[]::new));
	}

	private void call(Watched application, boolean mayFail) {
		Clients clients = application.bean(Clients.class);
		String url = this.zitadel.url() + "/oidc/v1/userinfo";
		for (Throwable failure : new Throwable[] {
				catchThrowable(() -> clients.restClient().get().uri(url).retrieve().toBodilessEntity()),
				catchThrowable(() -> clients.webClient()
					.get()
					.uri(url)
					.retrieve()
					.toBodilessEntity()
					.block(Duration.ofSeconds(20))) }) {
			if (failure != null) {
				assertThat(mayFail).as(failure.toString()).isTrue();
				this.failures.add(failure);
			}
		}
	}

	private String log() throws IOException {
		return Files.readString(this.directory.resolve("application.log"), StandardCharsets.UTF_8);
	}

	private static String beans(ConfigurableApplicationContext context) {
		StringBuilder text = new StringBuilder();
		for (String name : context.getBeanDefinitionNames()) {
			Object bean = context.getBean(name);
			if (bean.getClass().getName().startsWith("io.github.zitadelserviceuser")) {
				text.append(name).append('=').append(bean).append('\n');
			}
			if (bean instanceof RefreshingTokenSource source) {
				text.append(source.status()).append('\n');
			}
		}
		return text.toString();
	}

	private static void write(Path file, String content) {
		try {
			Files.writeString(file, content);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
