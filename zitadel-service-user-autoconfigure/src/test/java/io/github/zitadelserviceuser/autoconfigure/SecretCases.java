// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakePersonalAccessToken;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.grant.ClientCredentialsGrant;
import io.github.zitadelserviceuser.grant.DiscoveryCache;
import io.github.zitadelserviceuser.grant.PersonalAccessTokenGrant;
import io.github.zitadelserviceuser.key.CredentialKind;
import io.github.zitadelserviceuser.key.InvalidCredentialException;
import io.github.zitadelserviceuser.key.LastGoodSecret;
import io.github.zitadelserviceuser.key.SecretListener;
import io.github.zitadelserviceuser.key.SecretReader;
import io.github.zitadelserviceuser.logging.SecretLog;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.user.ServiceUserClient;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Client secrets and personal access tokens that cannot be used, or are not accepted.
 */
final class SecretCases implements TroubleshootingCases {

	private static final String PREFIX = ZitadelServiceUserProperties.PREFIX;

	private static final CredentialKind SECRET = CredentialKind.CLIENT_SECRET;

	private static final CredentialKind TOKEN = CredentialKind.PERSONAL_ACCESS_TOKEN;

	private final Path directory;

	SecretCases(Path directory) {
		this.directory = directory;
	}

	@Override
	public void provoke(BiConsumer<String, String> texts) throws Exception {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			unusable(zitadel, texts);
			refusals(zitadel, texts);
			rejected(zitadel, texts);
		}
		texts.accept("secret cannot be read again", unreadable(SECRET));
		texts.accept("personal access token cannot be read again", unreadable(TOKEN));
	}

	private void unusable(FakeZitadel zitadel, BiConsumer<String, String> texts) throws IOException {
		InvalidConfigurationPropertyValueException failure = catchThrowableOfType(
				InvalidConfigurationPropertyValueException.class,
				() -> ServiceUserClient.builder()
					.issuerUri(zitadel.issuer())
					.clientSecret(zitadel.serviceUser().id(), "secret")
					.build());
		texts.accept("client id is a number", failure.getReason());
		texts.accept("no file with the secret", describe(at(SECRET, "/no/such/secret")));
		texts.accept("no file with the token", describe(at(TOKEN, "/no/such/token")));
		texts.accept("pasted secret", describe(at(SECRET, zitadel.serviceUser().createSecret().value())));
		texts.accept("location for a secret", describe(SecretReader.of(SECRET, PREFIX, "file:/etc/secret")));
		texts.accept("empty secret", describe(file(SECRET, "", StandardCharsets.UTF_8)));
		texts.accept("UTF-16 for a secret", describe(file(SECRET, "secret", StandardCharsets.UTF_16LE)));
		texts.accept("key for a secret", describe(file(SECRET, "{}", StandardCharsets.UTF_8)));
		texts.accept("two lines for a secret", describe(file(SECRET, "a\nb", StandardCharsets.UTF_8)));
		texts.accept("two words for a token", describe(file(TOKEN, "a b", StandardCharsets.UTF_8)));
	}

	private static void refusals(FakeZitadel zitadel, BiConsumer<String, String> texts) throws IOException {
		FakeServiceUser user = zitadel.createServiceUser("importer");
		Path file = user.secretFile();
		LastGoodSecret secret = lastGood(at(SECRET, file.toString()));
		ClientCredentialsGrant grant = grant(zitadel, "importer", secret, client());
		grant.request();
		user.createSecret();
		texts.accept("secret replaced", TroubleshootingCases.messageOf(grant::request));
		Files.delete(file);
		texts.accept("secret replaced and its file gone", TroubleshootingCases.messageOf(grant::request));
		user.deleteSecret();
		texts.accept("secret deleted", TroubleshootingCases.messageOf(
				grant(zitadel, "importer", lastGood(SecretReader.of(SECRET, PREFIX, "secret")), client())::request));
		texts.accept("user name not known",
				TroubleshootingCases.messageOf(grant(zitadel, "nobody", secret, client())::request));
		RestClient stripping = client().mutate().requestInterceptor((request, body, execution) -> {
			request.getHeaders().remove("Authorization");
			return execution.execute(request, body);
		}).build();
		texts.accept("credentials missing",
				TroubleshootingCases.messageOf(grant(zitadel, "importer", secret, stripping)::request));
		zitadel.tokenEndpoint().answerNext(1, FakeAnswer.internalError());
		texts.accept("failure with a client secret", TroubleshootingCases.messageOf(grant::request));
	}

	private static void rejected(FakeZitadel zitadel, BiConsumer<String, String> texts) {
		FakePersonalAccessToken token = zitadel.serviceUser().createPersonalAccessToken();
		PersonalAccessTokenGrant grant = new PersonalAccessTokenGrant(lastGood(at(TOKEN, token.file().toString())));
		AccessToken rejected = new AccessToken(token.value(), Instant.EPOCH, Instant.MAX);
		texts.accept("personal access token rejected", TroubleshootingCases.messageOf(() -> grant.replace(rejected)));
		token.delete();
		try (ServiceUserClient user = ServiceUserClient.builder()
			.issuerUri(zitadel.issuer())
			.personalAccessToken(token.value())
			.build()) {
			assertThat(user.userInfoEndpoint()).isNotNull();
			texts.accept("personal access token not accepted",
					TroubleshootingCases.messageOf(() -> user.userInfoEndpoint().request(rejected)));
		}
	}

	private static String unreadable(CredentialKind kind) {
		return LogCases.warning(SecretLog.class,
				() -> new SecretLog(kind.noun() + " of the ZITADEL service user")
					.onUnreadable(new InvalidCredentialException(kind.noun(), "'secret'", null,
							"there is nothing in it", "Put it there.")));
	}

	private SecretReader file(CredentialKind kind, String content, Charset charset) throws IOException {
		return at(kind, Files.write(this.directory.resolve("secret"), content.getBytes(charset)).toString());
	}

	private static SecretReader at(CredentialKind kind, String location) {
		return SecretReader.at(kind, PREFIX, location, new DefaultResourceLoader());
	}

	private static LastGoodSecret lastGood(SecretReader reader) {
		return new LastGoodSecret(reader, new SecretListener() {
		});
	}

	private static ClientCredentialsGrant grant(FakeZitadel zitadel, String userName, LastGoodSecret secret,
			RestClient client) {
		return new ClientCredentialsGrant(AuthorizationServer.of(PREFIX, zitadel.issuer(), null, true), userName,
				secret, List.of("openid"), client, Clock.systemUTC(), new DiscoveryCache());
	}

	private static RestClient client() {
		return RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()).build();
	}

	private static String describe(SecretReader reader) {
		InvalidCredentialException failure = catchThrowableOfType(InvalidCredentialException.class,
				lastGood(reader)::read);
		assertThat(failure).isNotNull();
		FailureAnalysis analysis = new InvalidCredentialFailureAnalyzer().analyze(failure);
		assertThat(analysis).isNotNull();
		assertThat(analysis.getAction()).isNotBlank();
		return analysis.getDescription();
	}

}
