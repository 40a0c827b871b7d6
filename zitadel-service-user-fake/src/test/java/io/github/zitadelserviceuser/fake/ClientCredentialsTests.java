// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The grant of client credentials, with the answers that a running server gave.
 */
class ClientCredentialsTests {

	private static final String SCOPE = "openid profile urn:zitadel:iam:org:project:id:zitadel:aud";

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final FakeServiceUser user = this.zitadel.serviceUser();

	private final TestClient client = new TestClient(this.zitadel);

	@AfterEach
	void close() {
		this.zitadel.close();
	}

	@Test
	void createSecretWhenCalledThenUserNameAnd64Characters() {
		FakeClientSecret secret = this.user.createSecret();
		assertThat(secret.clientId()).isEqualTo("service-user");
		assertThat(secret.value()).matches("[A-Za-z0-9]{64}").isNotEqualTo(this.user.createSecret().value());
	}

	@Test
	void requestWhenBasicThenTokenIsGoodEverywhere() {
		HttpResponse<String> response = basic(this.user.createSecret());
		assertThat(response.statusCode()).isEqualTo(200);
		Map<String, Object> body = TestClient.json(response);
		assertThat(body).containsOnlyKeys("access_token", "token_type", "expires_in", "id_token");
		String token = body.get("access_token").toString();
		assertThat(token).hasSize(104);
		assertThat(this.client.get(UserInfoHandler.PATH, token).statusCode()).isEqualTo(200);
		assertThat(this.client.get(ApiHandler.ME_PATH, token).statusCode()).isEqualTo(200);
		assertThat(this.zitadel.issuedTokens()).extracting(IssuedToken::value).containsExactly(token);
	}

	@Test
	void requestWhenAnsweredThenIdTokenSaysByPassword() {
		Map<String, Object> claims = idToken(basic(this.user.createSecret()));
		assertThat(claims).containsEntry("amr", List.of("pwd"))
			.containsEntry("sub", this.user.id())
			.containsEntry("azp", "service-user")
			.containsEntry("client_id", "service-user");
		assertThat((List<?>) claims.get("aud")).hasSize(2)
			.anyMatch((audience) -> audience.toString().matches("[0-9]{18}"))
			.anyMatch("service-user"::equals);
		assertThat(idToken(this.client.requestToken())).doesNotContainKey("amr").containsEntry("azp", "service-user");
	}

	private static Map<String, Object> idToken(HttpResponse<String> response) {
		String[] parts = TestClient.json(response).get("id_token").toString().split("\\.");
		return Json.readObject(Base64.getUrlDecoder().decode(parts[1]));
	}

	@Test
	void requestWhenNameNeedsEncodingThenDecodedAsAForm() {
		FakeServiceUser other = this.zitadel.createServiceUser("a:b c+d%ü");
		FakeClientSecret secret = other.createSecret();
		assertThat(basic(secret).statusCode()).isEqualTo(200);
		String raw = Base64.getEncoder()
			.encodeToString((secret.clientId() + ":" + secret.value()).getBytes(StandardCharsets.UTF_8));
		assertThat(send("Basic " + raw, form(null, null, SCOPE)).statusCode()).isEqualTo(400);
		assertThat(this.zitadel.tokenRequests()).extracting(RecordedTokenRequest::clientId)
			.first()
			.isEqualTo(secret.clientId());
	}

	@Test
	void requestWhenInTheBodyOrBothThenToken() {
		FakeClientSecret secret = this.user.createSecret();
		assertThat(post(secret.clientId(), secret.value()).statusCode()).isEqualTo(200);
		assertThat(send(header(secret), form(secret.clientId(), secret.value(), SCOPE)).statusCode()).isEqualTo(200);
	}

	@Test
	void requestWhenSecretIsWrongThenRefusedHoweverSentAndHoweverOften() {
		FakeClientSecret secret = this.user.createSecret();
		for (int i = 0; i < 12; i++) {
			assertInvalidRequest(basic(new FakeClientSecret(secret.clientId(), "wrong")),
					"Errors.User.Machine.Secret.Invalid");
			assertInvalidRequest(post(secret.clientId(), "wrong"), "Errors.User.Machine.Secret.Invalid");
		}
		assertThat(basic(secret).statusCode()).isEqualTo(200);
	}

	@Test
	void requestWhenSecretIsReplacedThenOldOneIsRefusedButItsTokenStays() {
		FakeClientSecret old = this.user.createSecret();
		String token = TestClient.json(basic(old)).get("access_token").toString();
		FakeClientSecret young = this.user.createSecret();
		assertInvalidRequest(basic(old), "Errors.User.Machine.Secret.Invalid");
		assertThat(basic(young).statusCode()).isEqualTo(200);
		assertThat(this.client.get(UserInfoHandler.PATH, token).statusCode()).isEqualTo(200);
	}

	@Test
	void requestWhenNoSecretIsSetOrItIsDeletedThenNotExisting() {
		assertInvalidRequest(post("service-user", "any"), "Errors.User.Machine.Secret.NotExisting");
		FakeClientSecret secret = this.user.createSecret();
		this.user.deleteSecret();
		assertInvalidRequest(basic(secret), "Errors.User.Machine.Secret.NotExisting");
		assertThat(basic(this.user.createSecret()).statusCode()).isEqualTo(200);
		assertThat(outcomes()).containsExactly(TokenOutcome.SECRET_NOT_SET, TokenOutcome.SECRET_NOT_SET,
				TokenOutcome.ISSUED);
	}

	@Test
	void requestWhenClientIsUnknownOrItsNumericIdThenNotFound() {
		FakeClientSecret secret = this.user.createSecret();
		assertError(post("nobody", secret.value()), "invalid_client", "client not found");
		assertError(post(this.user.id(), secret.value()), "invalid_client", "client not found");
		this.user.remove();
		assertError(basic(secret), "invalid_client", "client not found");
	}

	@Test
	void requestWhenThereAreNoCredentialsThenClientIdIsMissing() {
		assertInvalidRequest(send(null, form(null, null, SCOPE)), "client_id or client_assertion must be provided");
		RecordedTokenRequest request = this.zitadel.tokenRequests().get(0);
		assertThat(request.outcome()).isEqualTo(TokenOutcome.CLIENT_MISSING);
		assertThat(request.clientId()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Basic ???", "Basic c2VjcmV0", "Bearer abc" })
	void requestWhenHeaderHasNoCredentialsThenThoseOfTheBodyCount(String authorization) {
		FakeClientSecret secret = this.user.createSecret();
		assertThat(send(authorization, form(secret.clientId(), secret.value(), SCOPE)).statusCode()).isEqualTo(200);
	}

	@Test
	void requestWhenHeaderIsNotEncodedThenInvalidClient() {
		String header = "Basic " + Base64.getEncoder().encodeToString("100%:x".getBytes(StandardCharsets.UTF_8));
		assertError(send(header, form(null, null, SCOPE)), "invalid_client", "invalid basic auth header");
	}

	@Test
	void requestWhenScopeIsAbsentOrEmptyThenRefusedOrGranted() {
		FakeClientSecret secret = this.user.createSecret();
		HttpResponse<String> absent = send(header(secret), form(null, null, null));
		assertThat(TestClient.json(absent).get("error_description").toString())
			.startsWith("The scope of your request is missing.");
		HttpResponse<String> empty = send(header(secret), form(null, null, ""));
		assertThat(TestClient.json(empty)).containsKey("access_token").doesNotContainKey("id_token");
		assertThat(outcomes()).containsExactly(TokenOutcome.SCOPE_MISSING, TokenOutcome.ISSUED);
	}

	static Stream<Consumer<FakeServiceUser>> suspensions() {
		return Stream.of(FakeServiceUser::lock, FakeServiceUser::deactivate);
	}

	@ParameterizedTest
	@MethodSource("suspensions")
	void requestWhenUserIsSuspendedThenNotActiveUntilReactivated(Consumer<FakeServiceUser> suspension) {
		FakeClientSecret secret = this.user.createSecret();
		suspension.accept(this.user);
		assertInvalidRequest(basic(secret), "Errors.User.NotActive");
		assertInvalidRequest(post(secret.clientId(), "wrong"), "Errors.User.Machine.Secret.Invalid");
		this.user.reactivate();
		assertThat(basic(secret).statusCode()).isEqualTo(200);
	}

	@Test
	void requestWhenAnsweredThenRecordedWithoutAnAssertion() {
		FakeClientSecret secret = this.user.createSecret();
		post(secret.clientId(), secret.value());
		basic(secret);
		assertThat(this.zitadel.tokenRequests()).hasSize(2).allSatisfy((request) -> {
			assertThat(request.grantType()).isEqualTo("client_credentials");
			assertThat(request.clientId()).isEqualTo("service-user");
			assertThat(request.claims()).isEmpty();
			assertThat(request.assertionHeader()).isEmpty();
			assertThat(request.grantedScopes()).containsExactlyInAnyOrder(SCOPE.split(" "));
		});
		assertThat(this.zitadel.tokenRequests().get(0).bodyParameters()).contains("client_secret");
		assertThat(this.zitadel.tokenRequests().get(1).bodyParameters()).doesNotContain("client_secret");
		assertThat(this.zitadel.tokenRequests() + " " + secret + this.user).doesNotContain(secret.value())
			.doesNotContain(header(secret));
	}

	@Test
	void secretFileWhenSecretIsRotatedThenHasTheNewOneInTheSamePlace() throws Exception {
		Path file = this.user.secretFile();
		String first = Files.readString(file);
		assertThat(post("service-user", first).statusCode()).isEqualTo(200);
		FakeClientSecret second = this.user.rotateSecret();
		assertThat(file).hasContent(second.value());
		assertThat(this.user.secretFile()).isEqualTo(file);
		assertInvalidRequest(post("service-user", first), "Errors.User.Machine.Secret.Invalid");
		assertThat(basic(second).statusCode()).isEqualTo(200);
	}

	@Test
	void secretFileWhenASecretIsThereThenHasItAndKeepsIt() {
		FakeClientSecret first = this.user.createSecret();
		assertThat(this.user.secretFile()).hasContent(first.value());
		this.user.createSecret();
		assertThat(this.user.secretFile()).hasContent(first.value());
	}

	@Test
	void secretFileWhenFakeIsClosedThenDeleted() {
		Path file = this.user.secretFile();
		assertThat(file).exists();
		this.zitadel.close();
		assertThat(file).doesNotExist();
	}

	@Test
	void resetWhenSecretIsGoneThenTheLastOneIsBackInItsFileToo() throws Exception {
		Path file = this.user.secretFile();
		FakeClientSecret last = this.user.createSecret();
		this.user.deleteSecret();
		Files.delete(file);
		this.zitadel.reset();
		assertThat(file).hasContent(last.value());
		assertThat(basic(last).statusCode()).isEqualTo(200);
		this.user.remove();
		this.zitadel.reset();
		assertThat(basic(last).statusCode()).isEqualTo(200);
	}

	private List<TokenOutcome> outcomes() {
		return this.zitadel.tokenRequests().stream().map(RecordedTokenRequest::outcome).toList();
	}

	private HttpResponse<String> basic(FakeClientSecret secret) {
		return send(header(secret), form(null, null, SCOPE));
	}

	private static String header(FakeClientSecret secret) {
		String credentials = URLEncoder.encode(secret.clientId(), StandardCharsets.UTF_8) + ":"
				+ URLEncoder.encode(secret.value(), StandardCharsets.UTF_8);
		return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
	}

	private HttpResponse<String> post(String clientId, String secret) {
		return send(null, form(clientId, secret, SCOPE));
	}

	private static Map<String, String> form(@Nullable String clientId, @Nullable String secret,
			@Nullable String scope) {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("grant_type", "client_credentials");
		form.put("client_id", (clientId != null) ? clientId : "");
		form.put("client_secret", (secret != null) ? secret : "");
		form.put("scope", (scope != null) ? scope : "");
		if (clientId == null) {
			form.remove("client_id");
			form.remove("client_secret");
		}
		if (scope == null) {
			form.remove("scope");
		}
		return form;
	}

	private HttpResponse<String> send(@Nullable String authorization, Map<String, String> form) {
		HttpRequest.Builder request = this.client.tokenRequest(TestClient.encode(form));
		return this.client.send((authorization != null) ? request.header("Authorization", authorization) : request);
	}

	private static void assertInvalidRequest(HttpResponse<String> response, String description) {
		assertError(response, "invalid_request", description);
	}

	private static void assertError(HttpResponse<String> response, String error, String description) {
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(TestClient.json(response))
			.containsExactlyInAnyOrderEntriesOf(Map.of("error", error, "error_description", description));
	}

}
