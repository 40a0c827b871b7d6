// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.RecordedTokenRequest;
import io.github.zitadelserviceuser.fake.TokenOutcome;
import io.github.zitadelserviceuser.key.CredentialKind;
import io.github.zitadelserviceuser.key.LastGoodSecret;
import io.github.zitadelserviceuser.key.SecretListener;
import io.github.zitadelserviceuser.key.SecretReader;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A client secret: how it is sent, each answer that ZITADEL gave to it, and how it is
 * rotated. Once the mistake is put right, the same grant gets a token.
 */
class ClientCredentialsGrantTests {

	private static final String GENERATE = "in ZITADEL's console (Users, Service Users, the user, Actions, Generate "
			+ "Client Secret) and put it in the place of the old one, '";

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final FakeServiceUser user = this.zitadel.createServiceUser("importer");

	private Path file;

	@BeforeEach
	void writeSecret() {
		this.file = this.user.secretFile();
	}

	@AfterEach
	void stop() {
		this.zitadel.close();
	}

	@ParameterizedTest
	@EnumSource
	void requestThenSendsUserNameAndSecretByBasicAndScopesInTheForm(HttpClientKind kind) {
		TokenResponse response = grant("importer", kind.restClient(), Grants.SCOPES).request();
		assertThat(this.zitadel.isValid(response.accessToken())).isTrue();
		assertThat(response.expiresIn()).isBetween(Duration.ofHours(11), Duration.ofHours(12));
		RecordedTokenRequest request = lastRequest();
		assertThat(request.grantType()).isEqualTo("client_credentials");
		assertThat(request.clientId()).isEqualTo("importer");
		assertThat(request.bodyParameters()).containsExactlyInAnyOrder("grant_type", "scope");
		assertThat(request.queryParameters()).isEmpty();
		assertThat(request.headers().get("authorization")).hasSize(1);
		assertThat(request.requestedScopes()).isEqualTo(Grants.SCOPES);
	}

	@Test
	void requestWhenThereAreNoScopesThenSendsAnEmptyOne() {
		grant("importer", HttpClientKind.JDK.restClient(), List.of()).request();
		assertThat(lastRequest().bodyParameters()).contains("scope");
		assertThat(lastRequest().outcome()).isEqualTo(TokenOutcome.ISSUED);
	}

	@Test
	void requestWhenPartsHaveSpecialCharactersThenEachIsFormEncoded() {
		try (RawServer server = RawServer.zitadel((request, socket, out) -> out
			.write(RawServer.response("200 OK", "{\"access_token\":\"abc\",\"token_type\":\"Bearer\"}")))) {
			LastGoodSecret secret = lastGood(
					SecretReader.of(CredentialKind.CLIENT_SECRET, Grants.PREFIX, "a:b+c d%e&f=g/h"));
			new ClientCredentialsGrant(AuthorizationServer.of(Grants.PREFIX, server.url(), null, true), "imp:örter@x y",
					secret, Grants.SCOPES, HttpClientKind.JDK.restClient(), Clock.systemUTC(), new DiscoveryCache())
				.request();
			String encoded = server.requests()
				.get(1)
				.lines()
				.filter((line) -> line.regionMatches(true, 0, "authorization: basic ", 0, 21))
				.map((line) -> line.substring(21))
				.findFirst()
				.orElseThrow();
			assertThat(new String(Base64.getDecoder().decode(encoded), StandardCharsets.US_ASCII))
				.isEqualTo("imp%3A%C3%B6rter%40x+y:a%3Ab%2Bc+d%25e%26f%3Dg%2Fh");
		}
	}

	@Test
	void requestWhenNoSecretIsSetThenSaysSo() {
		this.user.deleteSecret();
		ClientCredentialsGrant grant = grant();
		TokenRequestException failure = failureOf(grant, TokenOutcome.SECRET_NOT_SET, "invalid_request");
		assertThat(failure).hasMessageContaining("answered with status 400: invalid_request / "
				+ "Errors.User.Machine.Secret.NotExisting. The service user 'importer' has no client secret. Generate "
				+ "one " + GENERATE + this.file + "' (property 'zitadel.service-user.client-secret-location')");
		this.user.rotateSecret();
		assertToken(grant);
	}

	@Test
	void requestWhenSecretWasReplacedThenSaysSoAndReadsTheNewOne() throws IOException {
		ClientCredentialsGrant grant = grant();
		assertToken(grant);
		String secret = this.user.createSecret().value();
		TokenRequestException failure = failureOf(grant, TokenOutcome.WRONG_SECRET, "invalid_request");
		assertThat(failure).hasMessageContaining("Errors.User.Machine.Secret.Invalid. The client secret of the service "
				+ "user 'importer', from '" + this.file
				+ "' (property 'zitadel.service-user.client-secret-location'), is wrong or was replaced: one that is "
				+ "generated ends the one before. Generate a new one " + GENERATE);
		Files.writeString(this.file, secret + "\n");
		assertToken(grant);
	}

	@Test
	void requestWhenUserNameIsUnknownThenNamesThePropertyAndTheInstance() {
		FakeServiceUser other = this.zitadel.createServiceUser("gone");
		Path secret = other.secretFile();
		other.remove();
		TokenRequestException failure = failureOf(grant("gone", secret), TokenOutcome.CLIENT_NOT_FOUND,
				"invalid_client");
		assertThat(failure).hasMessageContaining(
				"client not found. There is no service user with the user name 'gone' " + "at " + this.zitadel.issuer()
						+ ". Set 'zitadel.service-user.client-id' to the user name, which is " + "not the id,");
		failureOf(grant(this.user.id(), this.file), TokenOutcome.CLIENT_NOT_FOUND, "invalid_client");
		assertToken(grant());
	}

	@Test
	void requestWhenUserIsNotActiveThenSaysSoByItsName() {
		ClientCredentialsGrant grant = grant();
		this.user.lock();
		assertThat(failureOf(grant, TokenOutcome.USER_NOT_ACTIVE, "invalid_request"))
			.hasMessageContaining("The service user 'importer' is deactivated or locked");
		this.user.reactivate();
		assertToken(grant);
	}

	@Test
	void requestWhenCredentialsAreTakenOffOnTheWayThenSuspectsAProxy() {
		RestClient stripping = HttpClientKind.JDK.restClient()
			.mutate()
			.requestInterceptor((request, body, execution) -> {
				request.getHeaders().remove("Authorization");
				return execution.execute(request, body);
			})
			.build();
		assertThat(
				failureOf(grant("importer", stripping, Grants.SCOPES), TokenOutcome.CLIENT_MISSING, "invalid_request"))
			.hasMessageContaining("No credentials arrived. Look for a proxy or gateway between here and "
					+ this.zitadel.url() + "/oauth/v2/token that removes the 'Authorization' header");
		assertToken(grant());
	}

	@Test
	void requestWhenZitadelDoesNotSayWhyThenListsWhatWasSent() {
		this.zitadel.tokenEndpoint().answerNext(1, FakeAnswer.internalError());
		TokenRequestException failure = catchThrowableOfType(TokenRequestException.class, grant()::request);
		assertThat(failure.getReason()).isEqualTo(Reason.SERVER_ERROR);
		assertThat(failure)
			.hasMessageStartingWith("ZITADEL gave no token and does not say why, most likely because it failed itself")
			.hasMessageContaining("\n- user name: 'importer', from 'zitadel.service-user.client-id'\n- client secret: "
					+ "from '" + this.file)
			.hasMessageContaining("; when it ends is not known");
		assertToken(grant());
	}

	@Test
	void requestWhenSecretIsRotatedBetweenReadAndRefusalThenAsksOnceMore() {
		boolean[] rotated = { false };
		RestClient client = HttpClientKind.JDK.restClient().mutate().requestInterceptor((request, body, execution) -> {
			if (!rotated[0] && request.getURI().getPath().endsWith("/token")) {
				rotated[0] = true;
				this.user.rotateSecret();
			}
			return execution.execute(request, body);
		}).build();
		TokenResponse response = grant("importer", client, Grants.SCOPES).request();
		assertThat(this.zitadel.isValid(response.accessToken())).isTrue();
		assertThat(this.zitadel.tokenRequests()).extracting(RecordedTokenRequest::outcome)
			.containsExactly(TokenOutcome.WRONG_SECRET, TokenOutcome.ISSUED);
	}

	@Test
	void requestWhenNewFileIsBrokenThenTheOneBeforeIsUsedAndTheRefusalSaysSo() throws IOException {
		ClientCredentialsGrant grant = grant();
		assertToken(grant);
		Files.writeString(this.file, "two\nlines");
		assertToken(grant);
		Files.delete(this.file);
		assertToken(grant);
		String secret = this.user.createSecret().value();
		assertThat(failureOf(grant, TokenOutcome.WRONG_SECRET, "invalid_request")).hasMessageContaining(
				"What is there now cannot be read (there is no such file), so that the one before is still used.");
		Files.writeString(this.file, secret);
		assertToken(grant);
	}

	@Test
	void requestWhenTokenEndpointMovesThenDiscoversAgain() {
		ClientCredentialsGrant grant = grant();
		this.zitadel
			.customizeDiscovery((document) -> document.put("token_endpoint", this.zitadel.url() + "/elsewhere"));
		TokenRequestException failure = catchThrowableOfType(TokenRequestException.class, grant::request);
		assertThat(failure.getReason()).isEqualTo(Reason.WRONG_SERVER);
		this.zitadel.customizeDiscovery((document) -> assertThat(document).isNotEmpty());
		assertToken(grant);
	}

	@Test
	void requestWhenServerAsksToWaitThenThatIsTold() {
		this.zitadel.tokenEndpoint()
			.answerNext(1, FakeAnswer.serviceUnavailable().withRetryAfter(Duration.ofSeconds(7)));
		TokenRequestException failure = catchThrowableOfType(TokenRequestException.class, grant()::request);
		assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
		assertThat(failure.getRetryAfter()).isEqualTo(Duration.ofSeconds(7));
		assertToken(grant());
	}

	@Test
	void toStringThenShowsNoSecret() throws IOException {
		String secret = Files.readString(this.file);
		ServerMetadata metadata = new ServerMetadata(this.zitadel.issuer(), this.file.toUri(), null);
		ClientSecretInputs inputs = new ClientSecretInputs(secret, metadata);
		assertThat(inputs.toString() + grant() + lastGood(SecretReader.of(CredentialKind.CLIENT_SECRET, "p", secret))
				+ SecretReader.of(CredentialKind.CLIENT_SECRET, "p", secret)
				+ new TokenForm(Map.of("grant_type", secret), secret))
			.doesNotContain(secret);
	}

	private ClientCredentialsGrant grant() {
		return grant("importer", this.file);
	}

	private ClientCredentialsGrant grant(String userName, Path file) {
		return new ClientCredentialsGrant(server(), userName, lastGood(reader(file)), Grants.SCOPES,
				HttpClientKind.JDK.restClient(), Clock.systemUTC(), new DiscoveryCache());
	}

	private ClientCredentialsGrant grant(String userName, RestClient client, List<String> scopes) {
		return new ClientCredentialsGrant(server(), userName, lastGood(reader(this.file)), scopes, client,
				Clock.systemUTC(), new DiscoveryCache());
	}

	private AuthorizationServer server() {
		return AuthorizationServer.of(Grants.PREFIX, this.zitadel.issuer(), null, true);
	}

	private static SecretReader reader(Path file) {
		return SecretReader.at(CredentialKind.CLIENT_SECRET, Grants.PREFIX, file.toString(),
				new DefaultResourceLoader());
	}

	private static LastGoodSecret lastGood(SecretReader reader) {
		return new LastGoodSecret(reader, new SecretListener() {
		});
	}

	private TokenRequestException failureOf(ClientCredentialsGrant grant, TokenOutcome outcome, String error) {
		TokenRequestException failure = catchThrowableOfType(TokenRequestException.class, grant::request);
		assertThat(failure).isNotNull();
		assertThat(lastRequest().outcome()).isEqualTo(outcome);
		assertThat(failure.getReason()).isEqualTo(Reason.REFUSED);
		assertThat(failure.getError()).isEqualTo(error);
		assertThat(failure).hasNoCause();
		return failure;
	}

	private void assertToken(ClientCredentialsGrant grant) {
		assertThat(this.zitadel.isValid(grant.request().accessToken())).isTrue();
	}

	private RecordedTokenRequest lastRequest() {
		List<RecordedTokenRequest> requests = this.zitadel.tokenRequests();
		return requests.get(requests.size() - 1);
	}

}
