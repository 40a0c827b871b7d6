// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.RecordedTokenRequest;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Client secrets and personal access tokens by properties, of the unnamed user and of one
 * with a name: how they are written, and what is read where they are written wrongly.
 */
@ExtendWith(OutputCaptureExtension.class)
class CredentialPropertiesTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final FakeServiceUser IMPORTER = ZITADEL.createServiceUser("importer");

	private static final String UNNAMED = "zitadel.service-user";

	private static final String NAMED = "zitadel.service-users.billing";

	@TempDir
	private Path directory;

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { UNNAMED, NAMED })
	void startWhenClientSecretThenAuthenticatesWithItHoweverItIsGiven(String prefix) throws Exception {
		String secret = IMPORTER.createSecret().value();
		for (String given : given("client-secret", secret)) {
			configured(prefix).withPropertyValues(prefix + ".client-id=importer", prefix + "." + given)
				.run((context) -> {
					assertThat(context).hasNotFailed();
					assertThat(userInfo(user(context.getBean(ServiceUsers.class), prefix))).contains(IMPORTER.id());
				});
		}
		assertThat(ZITADEL.tokenRequests()).hasSize(4)
			.extracting(RecordedTokenRequest::grantType)
			.containsOnly("client_credentials");
	}

	@ParameterizedTest
	@ValueSource(strings = { UNNAMED, NAMED })
	void startWhenPersonalAccessTokenThenSendsItHoweverItIsGiven(String prefix) throws Exception {
		String token = IMPORTER.createPersonalAccessToken().value();
		for (String given : given("personal-access-token", token)) {
			configured(prefix).withPropertyValues(prefix + "." + given).run((context) -> {
				assertThat(context).hasNotFailed();
				ServiceUserClient user = user(context.getBean(ServiceUsers.class), prefix);
				assertThat(user.tokenSource().await().value()).isEqualTo(token);
				assertThat(userInfo(user)).contains(IMPORTER.id());
			});
		}
		assertThat(ZITADEL.tokenRequests()).isEmpty();
		assertThat(ZITADEL.discovery().requestCount()).isZero();
	}

	@Test
	void startWhenUnnamedHasASecretThenNoNamedUserInheritsIt() {
		configured(UNNAMED)
			.withPropertyValues(UNNAMED + ".client-id=importer", UNNAMED + ".client-secret=secret",
					NAMED + ".project-ids=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'" + NAMED + ".key-location' is not set"));
	}

	@Test
	void verifyOnStartupWhenPersonalAccessTokenThenAsksUserInfoWithIt(CapturedOutput output) {
		Map<String, String> properties = Map.of("issuer-uri", ZITADEL.issuer(), "personal-access-token",
				IMPORTER.createPersonalAccessToken().value(), "verify-on-startup", "true");
		RealApplication.start(properties).close();
		assertThat(ZITADEL.userInfo().requestCount()).isEqualTo(1);
		assertThat(output).contains("Authenticated as service user 'importer' (id " + IMPORTER.id() + ") at "
				+ ZITADEL.issuer() + ". The personal access token has an end that is not known and scopes of its own");
	}

	@Test
	void verifyOnStartupWhenPersonalAccessTokenIsGoneThenStopsAndSaysWhereToLook(CapturedOutput output) {
		String token = IMPORTER.createPersonalAccessToken().value();
		ZITADEL.revoke(token);
		fail(Map.of("personal-access-token", token, "verify-on-startup", "true"));
		assertThat(ZITADEL.userInfo().requestCount()).isOne();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("ZITADEL does not accept the personal access token. It comes from property "
					+ "'zitadel.service-user.personal-access-token'")
			.doesNotContain(token);
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void startWhenTwoCredentialsThenAnalysisNamesBothAndShowsNeither(String one, String other, CapturedOutput output) {
		Map<String, String> properties = new HashMap<>(Map.of(one, "s3cr3t-0ne", other, "s3cr3t-tw0"));
		if (one.startsWith("client-secret") || other.startsWith("client-secret")) {
			properties.put("client-id", "importer");
		}
		fail(properties);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The credential of the ZITADEL service user in 'zitadel.service-user." + one + "' or "
					+ "'zitadel.service-user." + other + "' cannot be used: both are set, and they are mutually "
					+ "exclusive.")
			.doesNotContain("s3cr3t");
	}

	static Stream<String[]> pairs() {
		List<String> credentials = ZitadelServiceUserProperties.CREDENTIALS;
		return credentials.stream()
			.flatMap((one) -> credentials.stream()
				.skip(credentials.indexOf(one) + 1L)
				.map((other) -> new String[] { one, other }));
	}

	@ParameterizedTest
	@CsvSource({ "client-id, personal-access-token", "client-id, key-location", "user-id, key-location",
			"key-id, client-secret-location", "client-id, private-key-location" })
	void startWhenAPartOfAnotherCredentialThenAnalysisNamesBoth(String part, String credential, CapturedOutput output) {
		fail(Map.of(part, "part", credential, "s3cr3t"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("'zitadel.service-user." + part + "'")
			.contains("'zitadel.service-user." + credential + "'")
			.contains("both are set, and they are mutually exclusive")
			.doesNotContain("s3cr3t");
	}

	@Test
	void startWhenAPersonalAccessTokenTakesThePlaceOfASecretThenStarts() {
		configured(UNNAMED)
			.withPropertyValues(UNNAMED + ".client-id=importer", UNNAMED + ".personal-access-token=token")
			.run((context) -> assertThat(context).hasFailed());
		configured(UNNAMED).withPropertyValues(UNNAMED + ".client-id=", UNNAMED + ".personal-access-token=token")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void startWhenNamedUserHasTwoThenAnalysisNamesThoseOfThatUser() {
		configured(NAMED)
			.withPropertyValues(NAMED + ".key-location=key.json", NAMED + ".personal-access-token=a",
					NAMED + ".client-secret=b")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'" + NAMED + ".key-location' or '" + NAMED + ".client-secret' or '" + NAMED
						+ ".personal-access-token': all are set, and they are mutually exclusive"));
	}

	@Test
	void startWhenThereIsNoneThenAnalysisNamesEachWay(CapturedOutput output) {
		fail(Map.of());
		assertThat(output)
			.contains("The ZITADEL service user cannot be set up: the property 'zitadel.service-user.key-location' is "
					+ "not set.");
		for (String credential : ZitadelServiceUserProperties.CREDENTIALS) {
			assertThat(output).contains("'zitadel.service-user." + credential + "'");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "client-secret | s3cr3t | 'zitadel.service-user.client-id' is not set",
					"client-id | importer | 'zitadel.service-user.client-secret-location' is not set" })
	void startWhenHalfIsMissingThenAnalysisNamesTheOther(String name, String value, String found,
			CapturedOutput output) {
		fail(Map.of(name, value));
		assertThat(output).contains(found).doesNotContain("s3cr3t");
	}

	@Test
	void startWhenTheUserNameIsAShortNumberThenItIsAUserName() {
		FakeServiceUser digits = ZITADEL.createServiceUser("20261126");
		configured(UNNAMED)
			.withPropertyValues(UNNAMED + ".client-id=20261126",
					UNNAMED + ".client-secret=" + digits.createSecret().value())
			.run((context) -> assertThat(
					userInfo(context.getBean(ServiceUsers.class).get(ServiceUserClient.DEFAULT_NAME)))
				.contains(digits.id()));
	}

	@Test
	void startWhenClientIdIsANumberThenAnalysisAsksForTheUserName(CapturedOutput output) {
		fail(Map.of("client-id", IMPORTER.id(), "client-secret", "s3cr3t"));
		assertThat(output).contains("zitadel.service-user.client-id")
			.contains("It is the id of a user, by which ZITADEL finds no client. The user name is needed")
			.doesNotContain("s3cr3t");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "client-secret | base64:czNjcjN0 | that is the place where the client secret is",
					"client-secret | {\"s3cr3t\":1} | there is a key",
					"personal-access-token | s3cr3t t0k3n | there are characters",
					"client-secret-location | base64:czNjcjN0* | not Base64",
					"client-secret-location | aB3dE6gH9jK2mN5pQ8aB3dE6gH9jK2mN5pQ8aB3dE6gH9jK2mN5pQ8 | itself",
					"personal-access-token-location | /no/such/file | there is no such file" })
	void startWhenSecretCannotBeUsedThenAnalysisSaysWhyAndDoesNotShowIt(String name, String value, String found,
			CapturedOutput output) {
		fail(name.startsWith("client") ? Map.of("client-id", "importer", name, value) : Map.of(name, value));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("zitadel.service-user." + name)
			.contains(found)
			.doesNotContain("s3cr3t")
			.doesNotContain("czNjcjN0")
			.doesNotContain("aB3dE6gH9jK2mN5pQ8");
	}

	@Test
	void toStringThenShowsNoSecret() {
		configured(UNNAMED)
			.withPropertyValues(UNNAMED + ".client-id=importer", UNNAMED + ".client-secret=s3cr3t",
					NAMED + ".personal-access-token=s3cr3t")
			.run((context) -> assertThat(context.getBean(ZitadelServiceUserProperties.class).toString()
					+ context.getBean(ZitadelServiceUsersProperties.class)
					+ context.getBean(ServiceUsers.class).get("billing"))
				.doesNotContain("s3cr3t"));
	}

	private List<String> given(String name, String secret) throws Exception {
		Path file = Files.writeString(this.directory.resolve(name), secret + "\n");
		String base64 = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
		return List.of(name + "=" + secret, name + "-location=" + file, name + "-location=file:" + file,
				name + "-location=base64:" + base64);
	}

	private static ApplicationContextRunner configured(String prefix) {
		return Contexts.unconfigured().withPropertyValues(prefix + ".issuer-uri=" + ZITADEL.issuer());
	}

	private static ServiceUserClient user(ServiceUsers users, String prefix) {
		return users.get(prefix.equals(UNNAMED) ? ServiceUserClient.DEFAULT_NAME : "billing");
	}

	private static String userInfo(ServiceUserClient user) {
		String body = user.restClient().get().uri(ZITADEL.issuer() + "/oidc/v1/userinfo").retrieve().body(String.class);
		assertThat(body).isNotNull();
		return body;
	}

	private static void fail(Map<String, String> properties) {
		Map<String, String> all = new HashMap<>(properties);
		all.put("issuer-uri", ZITADEL.issuer());
		assertThatException().isThrownBy(() -> RealApplication.start(all).close());
	}

}
