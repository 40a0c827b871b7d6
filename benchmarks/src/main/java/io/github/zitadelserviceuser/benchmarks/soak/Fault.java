// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.soak;

import java.time.Duration;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which a token endpoint fails for once.
 */
enum Fault {

	/** Its database is gone. */
	INTERNAL_ERROR(FakeAnswer.internalError()),

	/** The proxy before it cannot reach it. */
	BAD_GATEWAY(FakeAnswer.badGateway()),

	/** The same, and the proxy knows until when. */
	UNAVAILABLE_FOR_A_SECOND(FakeAnswer.serviceUnavailable().withRetryAfter(Duration.ofSeconds(1))),

	/** The proxy has waited too long. */
	GATEWAY_TIMEOUT(FakeAnswer.gatewayTimeout()),

	/** There have been too many requests. */
	TOO_MANY_REQUESTS(FakeAnswer.instanceBlocked().withRetryAfter(Duration.ofSeconds(1))),

	/** The connection breaks. */
	DISCONNECT(FakeAnswer.disconnect()),

	/** Something else answers. */
	HTML(FakeAnswer.of(200, "text/html", "<html><body>Please log in</body></html>")),

	/** The answer is no JSON. */
	GARBAGE(FakeAnswer.json(200, "\u0000{{[not json")),

	/** The answer ends early. */
	TRUNCATED(FakeAnswer.json(200, "{\"access_token\":\"abc\",\"token_ty")),

	/** An error that says that all is well. */
	ERROR_WITH_STATUS_200(FakeAnswer.oauthError(200, "server_error", "Errors.Internal")),

	/** A token that has no characters. */
	EMPTY_TOKEN(FakeAnswer.json(200, "{\"access_token\":\"\",\"token_type\":\"Bearer\",\"expires_in\":6}")),

	/** A token that had expired before it came. */
	EXPIRED_TOKEN(FakeAnswer.json(200, "{\"access_token\":\"expired\",\"token_type\":\"Bearer\",\"expires_in\":-1}")),

	/** A token that would break the header it is put into. */
	TOKEN_WITH_LINE_BREAK(
			FakeAnswer.json(200, "{\"access_token\":\"a\\r\\nb\",\"token_type\":\"Bearer\",\"expires_in\":6}")),

	/** The answer comes when nobody waits for it any more. */
	TOO_SLOW(null);

	@SuppressWarnings("ImmutableEnumChecker") // it is immutable, but does not say so in a
												// way that is understood
	private final @Nullable FakeAnswer answer;

	Fault(@Nullable FakeAnswer answer) {
		this.answer = answer;
	}

	/**
	 * Let the next request fail in this way.
	 * @param endpoint the token endpoint
	 */
	void inject(FakeEndpoint endpoint) {
		if (this.answer != null) {
			endpoint.answerNext(1, this.answer);
		}
		else {
			endpoint.delay(SoakSettings.READ_TIMEOUT.multipliedBy(3));
		}
	}

}
