// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a token is good for, and for how long.
 */
class ResourceTests {

	private static final String API_SCOPE = "openid profile urn:zitadel:iam:org:project:id:zitadel:aud";

	private final MutableClock clock = new MutableClock();

	private final FakeZitadel zitadel = FakeZitadel.builder().clock(this.clock).start();

	private final TestClient client = new TestClient(this.zitadel);

	@AfterEach
	void close() {
		this.zitadel.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void userInfoWhenTokenIsValidThenTellsAboutTheUser(String method) {
		HttpResponse<String> response = this.client.send(this.client.request(UserInfoHandler.PATH)
			.header("Authorization", "Bearer " + this.client.token("openid profile email"))
			.method(method, BodyPublishers.noBody()));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(TestClient.json(response)).containsOnlyKeys("sub", "name", "preferred_username", "updated_at")
			.containsEntry("sub", this.zitadel.serviceUser().id())
			.containsEntry("preferred_username", "service-user");
		assertThat(this.zitadel.userInfo().requestCount()).isOne();
	}

	@Test
	void userInfoWhenScopeLacksProfileThenOnlyTheSubject() {
		assertThat(TestClient.json(this.client.get(UserInfoHandler.PATH, this.client.token("openid"))))
			.containsOnlyKeys("sub");
	}

	@Test
	void userInfoWhenTokenIsUnknownThenUnauthorized() {
		HttpResponse<String> response = this.client.get(UserInfoHandler.PATH, "unknown");
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(TestClient.json(response)).containsEntry("error", "access_denied")
			.containsEntry("error_description", "access token invalid");
	}

	@ParameterizedTest
	@ValueSource(strings = { "bearer ", "BEARER ", "Basic ", "Bearer" })
	void userInfoWhenSchemeIsNotExactThenTokenIsMissing(String prefix) {
		String token = this.client.token("openid");
		HttpResponse<String> response = this.client
			.send(this.client.request(UserInfoHandler.PATH).header("Authorization", prefix + token));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(TestClient.json(response)).containsEntry("error_description", "access token missing");
		assertThat(this.client.get(UserInfoHandler.PATH, token).statusCode()).isEqualTo(200);
	}

	@Test
	void apiWhenTokenHasTheAudienceThenAnswers() {
		String token = this.client.token(API_SCOPE);
		HttpResponse<String> me = this.client.get(ApiHandler.ME_PATH, token);
		assertThat(me.statusCode()).isEqualTo(200);
		assertThat(me.body()).contains("\"id\":\"" + this.zitadel.serviceUser().id() + "\"");
		this.zitadel.createServiceUser("another");
		HttpResponse<String> users = searchUsers(token);
		assertThat(users.statusCode()).isEqualTo(200);
		assertThat(users.body()).contains("service-user", "another", "\"totalResult\":\"2\"");
		assertThat(this.zitadel.api().requestCount()).isEqualTo(2);
	}

	private HttpResponse<String> searchUsers(String token) {
		return this.client.send(this.client.request(ApiHandler.USERS_PATH)
			.header("Authorization", "Bearer " + token)
			.POST(BodyPublishers.ofString("{}")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "openid", "urn:zitadel:iam:org:project:id:123:aud" })
	void apiWhenTokenLacksTheAudienceThenSameAsAnInvalidToken(String scope) {
		HttpResponse<String> response = searchUsers(this.client.token(scope));
		assertThat(response.statusCode()).isEqualTo(401);
		Map<String, Object> body = TestClient.json(response);
		assertThat(body).containsOnlyKeys("code", "message", "details")
			.containsEntry("code", 16)
			.containsEntry("message", "Errors.Token.Invalid (AUTH-7fs1e)");
		assertThat(searchUsers("unknown").body()).isEqualTo(response.body());
		assertThat(searchUsers(this.client.token(API_SCOPE)).statusCode()).isEqualTo(200);
	}

	@Test
	void apiWhenAuthorizationIsAbsentOrOfAnotherSchemeThenUnauthorized() {
		HttpResponse<String> absent = this.client.get(ApiHandler.ME_PATH);
		assertThat(absent.statusCode()).isEqualTo(401);
		assertThat(absent.body()).isEqualTo("{\"code\":16,\"message\":\"auth header missing\"}");
		assertThat(absent.headers().firstValue("www-authenticate")).contains("auth header missing");
		for (String scheme : List.of("bearer ", "Basic ")) {
			HttpResponse<String> other = this.client.send(this.client.request(ApiHandler.ME_PATH)
				.header("Authorization", scheme + this.client.token(API_SCOPE)));
			assertThat(other.statusCode()).isEqualTo(401);
			assertThat(other.headers().firstValue("www-authenticate")).contains("invalid auth header (AUTH-toLo1)");
			assertThat(TestClient.json(other)).containsEntry("message", "invalid auth header (AUTH-toLo1)")
				.containsKey("details");
		}
	}

	@Test
	void apiWhenPermissionIsDeniedThenForbiddenUntilAllowed() {
		FakeServiceUser another = this.zitadel.createServiceUser("another");
		String token = this.client.token(API_SCOPE);
		this.zitadel.serviceUser().denyApiPermission();
		for (String path : List.of(ApiHandler.MANAGEMENT_PATH, ApiHandler.USER_PATH)) {
			HttpResponse<String> response = this.client.get(path + another.id(), token);
			assertThat(response.statusCode()).isEqualTo(403);
			assertThat(TestClient.json(response)).containsEntry("code", 7);
		}
		assertThat(this.client.get(ApiHandler.USER_PATH + this.zitadel.serviceUser().id(), token).statusCode())
			.isEqualTo(200);
		assertThat(searchUsers(token).body()).doesNotContain("another");
		this.zitadel.serviceUser().allowApiPermission();
		assertThat(searchUsers(token).body()).contains("another");
		assertThat(this.client.get(ApiHandler.MANAGEMENT_PATH + another.id(), token).statusCode()).isEqualTo(200);
	}

	@Test
	void apiWhenMethodIsWrongThenNotAllowed() {
		String token = this.client.token(API_SCOPE);
		HttpResponse<String> response = this.client.get(ApiHandler.USERS_PATH, token);
		assertThat(response.statusCode()).isEqualTo(405);
		assertThat(response.body()).isEqualTo("{\"code\":12,\"message\":\"Method Not Allowed\"}");
	}

	@Test
	void userInfoWhenMethodIsAnyAndTokenInTheFormOrTheQueryThenAccepted() {
		String token = this.client.token("openid");
		HttpResponse<String> head = this.client.send(this.client.request(UserInfoHandler.PATH)
			.header("Authorization", "Bearer " + token)
			.method("HEAD", BodyPublishers.noBody()));
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.body()).isEmpty();
		assertThat(this.client.get(UserInfoHandler.PATH + "?access_token=" + token).statusCode()).isEqualTo(200);
		HttpResponse<String> response = this.client.send(this.client.request(UserInfoHandler.PATH)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.PUT(BodyPublishers.ofString("access_token=" + token)));
		assertThat(response.statusCode()).isEqualTo(200);
	}

	@Test
	void apiWhenUserIsAMemberOfNothingThenOnlyWhatConcernsItself() {
		FakeServiceUser another = this.zitadel.createServiceUser("another");
		String path = ApiHandler.MANAGEMENT_PATH + another.id();
		String token = this.client.token(API_SCOPE);
		assertThat(this.client.get(path, token).body()).contains("\"id\":\"" + another.id() + "\"");
		this.zitadel.serviceUser().removeMemberships();
		HttpResponse<String> response = this.client.get(path, token);
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body())
			.isEqualTo("{\"code\":5,\"message\":\"membership not found (AUTHZ-cdgFk)\",\"details\":"
					+ "[{\"@type\":\"type.googleapis.com/zitadel.v1.ErrorDetail\",\"id\":\"AUTHZ-cdgFk\","
					+ "\"message\":\"membership not found\"}]}");
		assertThat(this.client.get(ApiHandler.ME_PATH, token).statusCode()).isEqualTo(200);
		assertThat(searchUsers(token).body()).contains("service-user", "\"totalResult\":\"2\"")
			.doesNotContain("another");
		this.zitadel.reset();
		assertThat(this.client.get(path, token).statusCode()).isEqualTo(200);
	}

	@Test
	void apiWhenUserIsUnknownThenNotFound() {
		HttpResponse<String> response = this.client.get(ApiHandler.MANAGEMENT_PATH + "7", this.client.token(API_SCOPE));
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(TestClient.json(response)).containsEntry("message", "User could not be found (QUERY-Dfbg2)");
	}

	static Stream<Consumer<FakeServiceUser>> endings() {
		return Stream.of(FakeServiceUser::lock, FakeServiceUser::deactivate, FakeServiceUser::remove);
	}

	@ParameterizedTest
	@MethodSource("endings")
	void tokenWhenUserIsSuspendedThenDeadAtOnceAndForGood(Consumer<FakeServiceUser> ending) {
		FakeServiceUser user = this.zitadel.createServiceUser("suspended");
		String token = TestClient.json(this.client.requestToken(this.client.assertion(user.key())))
			.get("access_token")
			.toString();
		String ofAnother = this.client.token("openid");
		assertThat(this.client.get(UserInfoHandler.PATH, token).statusCode()).isEqualTo(200);
		ending.accept(user);
		assertThat(this.client.get(UserInfoHandler.PATH, token).statusCode()).isEqualTo(401);
		assertThat(this.client.get(UserInfoHandler.PATH, ofAnother).statusCode()).isEqualTo(200);
		user.reactivate();
		assertThat(this.client.get(UserInfoHandler.PATH, token).statusCode()).isEqualTo(401);
	}

	@Test
	void tokenWhenUserIsReactivatedThenANewOneWorks() {
		this.zitadel.serviceUser().deactivate();
		assertThat(this.client.requestToken().statusCode()).isEqualTo(400);
		this.zitadel.serviceUser().reactivate();
		assertThat(this.client.get(UserInfoHandler.PATH, this.client.token("openid")).statusCode()).isEqualTo(200);
	}

	@Test
	void tokenWhenExpiredThenUnauthorizedEverywhere() {
		String token = this.client.token(API_SCOPE);
		this.clock.advance(Duration.ofSeconds(43199));
		assertThat(this.client.get(ApiHandler.ME_PATH, token).statusCode()).isEqualTo(200);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.client.get(ApiHandler.ME_PATH, token).statusCode()).isEqualTo(401);
		assertThat(this.client.get(UserInfoHandler.PATH, token).statusCode()).isEqualTo(401);
		assertThat(this.client.get(UserInfoHandler.PATH, this.client.token("openid")).statusCode()).isEqualTo(200);
	}

	@Test
	void tokenWhenRevokedThenUnauthorizedButOthersStay() {
		String first = this.client.token("openid");
		String second = this.client.token("openid");
		this.zitadel.revoke(first);
		assertThat(this.client.get(UserInfoHandler.PATH, first).statusCode()).isEqualTo(401);
		assertThat(this.client.get(UserInfoHandler.PATH, second).statusCode()).isEqualTo(200);
		this.zitadel.revokeAllTokens();
		assertThat(this.client.get(UserInfoHandler.PATH, second).statusCode()).isEqualTo(401);
		assertThat(this.client.get(UserInfoHandler.PATH, this.client.token("openid")).statusCode()).isEqualTo(200);
	}

	@Test
	void tokenWhenKeyIsDeletedThenStaysValid() {
		FakeServiceUserKey key = this.zitadel.serviceUser().createKey();
		String token = TestClient.json(this.client.requestToken(this.client.assertion(key)))
			.get("access_token")
			.toString();
		key.delete();
		assertThat(this.client.get(UserInfoHandler.PATH, token).statusCode()).isEqualTo(200);
	}

}
