// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Personal access tokens, with the answers that a running server gave.
 */
class FakePersonalAccessTokenTests {

	private final MutableClock clock = new MutableClock();

	private final FakeZitadel zitadel = FakeZitadel.builder().clock(this.clock).start();

	private final FakeServiceUser user = this.zitadel.serviceUser();

	private final TestClient client = new TestClient(this.zitadel);

	@AfterEach
	void close() {
		this.zitadel.close();
	}

	@Test
	void userInfoWhenTokenIsGoodThenTellsAboutUserAndOrganization() {
		FakePersonalAccessToken token = this.user.createPersonalAccessToken();
		assertThat(token.value()).matches("[A-Za-z0-9_-]{71}");
		HttpResponse<String> response = this.client.get(UserInfoHandler.PATH, token.value());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(TestClient.json(response)).containsExactlyInAnyOrderEntriesOf(Map.of("name", "service-user",
				"preferred_username", "service-user", "sub", this.user.id(), "updated_at",
				(int) this.clock.instant().getEpochSecond(), "urn:zitadel:iam:user:resourceowner:id",
				this.zitadel.organizationId(), "urn:zitadel:iam:user:resourceowner:name", "ZITADEL",
				"urn:zitadel:iam:user:resourceowner:primary_domain", "zitadel.localhost"));
	}

	@Test
	void apiWhenTokenIsGoodThenAnswersAndNothingIsRecordedAsIssued() {
		FakePersonalAccessToken token = this.user.createPersonalAccessToken();
		assertThat(this.client.get(ApiHandler.ME_PATH, token.value()).statusCode()).isEqualTo(200);
		assertThat(this.zitadel.isValid(token.value())).isTrue();
		assertThat(this.zitadel.issuedTokens()).isEmpty();
		assertThat(this.zitadel.tokenRequests()).isEmpty();
	}

	static Stream<BiConsumer<FakeServiceUser, FakePersonalAccessToken>> endings() {
		return Stream.of((user, token) -> token.delete(), (user, token) -> user.lock(),
				(user, token) -> user.deactivate(), (user, token) -> user.remove());
	}

	@ParameterizedTest
	@MethodSource("endings")
	void tokenWhenEndedThenRefusedEverywhereAndForGood(BiConsumer<FakeServiceUser, FakePersonalAccessToken> ending) {
		FakePersonalAccessToken token = this.user.createPersonalAccessToken();
		assertThat(this.client.get(UserInfoHandler.PATH, token.value()).statusCode()).isEqualTo(200);
		ending.accept(this.user, token);
		assertDead(token);
		this.user.reactivate();
		assertDead(token);
	}

	@Test
	void tokenWhenExpiredThenRefusedEverywhere() {
		FakePersonalAccessToken token = this.user
			.createPersonalAccessToken(this.clock.instant().plus(Duration.ofMinutes(1)));
		this.clock.advance(Duration.ofSeconds(59));
		assertThat(this.client.get(UserInfoHandler.PATH, token.value()).statusCode()).isEqualTo(200);
		this.clock.advance(Duration.ofSeconds(1));
		assertDead(token);
		assertThat(token.expirationDate()).isEqualTo(this.clock.instant());
	}

	private void assertDead(FakePersonalAccessToken token) {
		HttpResponse<String> userInfo = this.client.get(UserInfoHandler.PATH, token.value());
		assertThat(userInfo.statusCode()).isEqualTo(401);
		assertThat(userInfo.headers().firstValue("www-authenticate")).isEmpty();
		assertThat(TestClient.json(userInfo)).containsExactlyInAnyOrderEntriesOf(
				Map.of("error", "access_denied", "error_description", "access token invalid"));
		HttpResponse<String> api = this.client.get(ApiHandler.ME_PATH, token.value());
		assertThat(api.statusCode()).isEqualTo(401);
		assertThat(api.headers().firstValue("www-authenticate")).contains("Errors.Token.Invalid (AUTH-7fs1e)");
		assertThat(api.body()).isEqualTo("{\"code\":16,\"message\":\"Errors.Token.Invalid (AUTH-7fs1e)\",\"details\":"
				+ "[{\"@type\":\"type.googleapis.com/zitadel.v1.ErrorDetail\",\"id\":\"AUTH-7fs1e\","
				+ "\"message\":\"Errors.Token.Invalid\"}]}");
	}

	@Test
	void tokenWhenAnotherIsDeletedThenStaysGood() {
		FakePersonalAccessToken first = this.user.createPersonalAccessToken();
		FakePersonalAccessToken second = this.user.createPersonalAccessToken();
		first.delete();
		assertDead(first);
		assertThat(this.client.get(UserInfoHandler.PATH, second.value()).statusCode()).isEqualTo(200);
	}

	@Test
	void tokenWhenSentAsAnAssertionThenRefused() {
		String value = this.user.createPersonalAccessToken().value();
		assertThat(this.client.requestToken(this.client.form(value)).statusCode()).isEqualTo(500);
	}

	@Test
	void writeToWhenFileHoldsAnotherTokenThenReplaced() {
		Path file = this.user.createPersonalAccessToken().file();
		FakePersonalAccessToken second = this.user.createPersonalAccessToken();
		assertThat(second.writeTo(file)).isEqualTo(file).hasContent(second.value());
		this.zitadel.close();
		assertThat(file).doesNotExist();
	}

	@Test
	void resetWhenTokenHasEndedThenGoodAgain() {
		FakePersonalAccessToken token = this.user.createPersonalAccessToken();
		token.delete();
		this.user.lock();
		this.zitadel.reset();
		assertThat(this.client.get(UserInfoHandler.PATH, token.value()).statusCode()).isEqualTo(200);
	}

	@Test
	void toStringWhenPrintedThenShowsTheIdAndNotTheToken() {
		FakePersonalAccessToken token = this.user.createPersonalAccessToken();
		this.client.get(UserInfoHandler.PATH, token.value());
		assertThat(token + " " + this.user + this.zitadel.userInfo().calls()).contains(token.tokenId())
			.doesNotContain(token.value());
	}

}
