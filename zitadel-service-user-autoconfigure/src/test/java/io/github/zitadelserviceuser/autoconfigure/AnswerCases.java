// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Objects;
import java.util.function.BiConsumer;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.grant.UserInfoEndpoint;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.user.ServiceUserClient;

/**
 * Answers that are no token, and do not speak of the assertion.
 */
final class AnswerCases implements TroubleshootingCases {

	@Override
	public void provoke(BiConsumer<String, String> texts) {
		try (FakeZitadel zitadel = FakeZitadel.builder().withDomain("zitadel.example").start()) {
			addresses(zitadel, texts);
			documents(zitadel, texts);
			refusals(zitadel, texts);
			answers(zitadel, texts);
			userInfo(zitadel, texts);
		}
	}

	private static void addresses(FakeZitadel zitadel, BiConsumer<String, String> texts) {
		String byAddress = "http://127.0.0.1:" + zitadel.port();
		texts.accept("instance not found", TroubledGrant.of(zitadel).issuer(byAddress).failure());
		texts.accept("instance not found, internal",
				TroubledGrant.of(zitadel).issuer("https://unknown.example").baseUrl(zitadel.url()).failure());
		texts.accept("issuer with a path",
				TroubledGrant.of(zitadel).issuer(zitadel.issuer() + "/ui/console").failure());
		texts.accept("nothing there",
				TroubledGrant.of(zitadel)
					.issuer("https://zitadel.example")
					.baseUrl(zitadel.url() + "/internal")
					.failure());
	}

	private static void documents(FakeZitadel zitadel, BiConsumer<String, String> texts) {
		texts.accept("other issuer", document(zitadel, "issuer", "https://other.example"));
		texts.accept("https issuer", document(zitadel, "issuer", zitadel.issuer().replace("http:", "https:")));
		texts.accept("issuer at another port", document(zitadel, "issuer", "http://localhost:1"));
		zitadel.customizeDiscovery((document) -> document.put("issuer", "http://zitadel.example"));
		texts.accept("http issuer",
				TroubledGrant.of(zitadel).issuer("https://zitadel.example").baseUrl(zitadel.url()).failure());
		texts.accept("token endpoint elsewhere", document(zitadel, "token_endpoint", "https://other.example/token"));
		texts.accept("no token endpoint", document(zitadel, "token_endpoint", ""));
		zitadel.reset();
	}

	private static void refusals(FakeZitadel zitadel, BiConsumer<String, String> texts) {
		texts.accept("scope missing", token(zitadel, FakeAnswer.oauthError(400, "invalid_request",
				"The scope of your request is missing. Please ensure some scopes are requested. If you have any "
						+ "questions, you may contact the administrator of the application.")));
		texts.accept("assertion missing",
				token(zitadel, FakeAnswer.oauthError(400, "invalid_request", "assertion missing")));
		texts.accept("form damaged",
				token(zitadel, FakeAnswer.oauthError(400, "invalid_request", "error parsing form")));
		texts.accept("grant type missing",
				token(zitadel, FakeAnswer.oauthError(400, "invalid_request", "grant_type missing")));
		texts.accept("grant type unknown",
				token(zitadel, FakeAnswer.oauthError(400, "unsupported_grant_type", "x not supported")));
		texts.accept("other error", token(zitadel, FakeAnswer.oauthError(403, "access_denied", "Something else")));
		texts.accept("blocked", token(zitadel, FakeAnswer.instanceBlocked()));
	}

	private static void answers(FakeZitadel zitadel, BiConsumer<String, String> texts) {
		texts.accept("redirect",
				token(zitadel, FakeAnswer.text(302, "").withHeader("Location", "https://login.example/")));
		texts.accept("database down", token(zitadel, FakeAnswer.databaseDown()));
		texts.accept("host not trusted", token(zitadel,
				FakeAnswer.text(404, "unable to set instance: ID=QUERY-IuGh1 Message=Instance not found")));
		texts.accept("no such page", token(zitadel, FakeAnswer.of(404, "text/html", "<html></html>")));
		texts.accept("unavailable", token(zitadel, FakeAnswer.serviceUnavailable()));
		texts.accept("status of a proxy", token(zitadel, FakeAnswer.text(403, "Forbidden")));
		texts.accept("login page", token(zitadel, FakeAnswer.of(200, "text/html", "<html></html>")));
		texts.accept("no token", token(zitadel, FakeAnswer.json(200, "{}")));
		texts.accept("token that cannot be sent", token(zitadel, FakeAnswer.json(200, "{\"access_token\":\"a b\"}")));
		texts.accept("other token type",
				token(zitadel, FakeAnswer.json(200, "{\"access_token\":\"a\",\"token_type\":\"mac\"}")));
		texts.accept("too long", token(zitadel, FakeAnswer.json(200, " ".repeat(70_000))));
	}

	private static void userInfo(FakeZitadel zitadel, BiConsumer<String, String> texts) {
		try (ServiceUserClient user = ServiceUserClient.builder()
			.issuerUri(zitadel.issuer())
			.keyLocation(zitadel.serviceUser().keyFile().toString())
			.build()) {
			AccessToken token = user.tokenSource().await();
			zitadel.revokeAllTokens();
			UserInfoEndpoint endpoint = Objects.requireNonNull(user.userInfoEndpoint());
			texts.accept("token not accepted any more", TroubleshootingCases.messageOf(() -> endpoint.request(token)));
		}
	}

	private static String document(FakeZitadel zitadel, String member, String value) {
		zitadel.customizeDiscovery((document) -> document.put(member, value));
		return TroubledGrant.of(zitadel).failure();
	}

	private static String token(FakeZitadel zitadel, FakeAnswer answer) {
		zitadel.tokenEndpoint().answerNext(1, answer);
		return TroubledGrant.of(zitadel).failure();
	}

}
