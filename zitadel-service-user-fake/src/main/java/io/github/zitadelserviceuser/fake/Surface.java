// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The parts of the server, which word the same trouble differently.
 */
enum Surface {

	/** Discovery, token endpoint, userinfo, keys: errors before them are text. */
	OIDC(null),

	/** The APIs of version 1, and every other path. */
	GATEWAY(ApiError::byGateway),

	/** The same for the APIs of version 2, with other headers. */
	GATEWAY_V2(ApiError::byGateway),

	/** The APIs of version 2 by the Connect protocol, with JSON. */
	CONNECT(ApiError::byConnect);

	@SuppressWarnings("ImmutableEnumChecker")
	private final @Nullable Function<ApiError, FakeAnswer> errors;

	Surface(@Nullable Function<ApiError, FakeAnswer> errors) {
		this.errors = errors;
	}

	static Surface of(String path) {
		if (path.startsWith("/.well-known/") || path.startsWith("/oauth/v2/") || path.startsWith("/oidc/v1/")) {
			return OIDC;
		}
		if (path.startsWith("/zitadel.")) {
			return CONNECT;
		}
		return path.startsWith("/v2/") ? GATEWAY_V2 : GATEWAY;
	}

	/**
	 * There is no instance for a request.
	 * @param message what all say
	 * @param textCause what is added in text
	 * @param apiCause what is added in JSON
	 * @return the answer, status 404
	 */
	FakeAnswer instanceUnavailable(String message, String textCause, String apiCause) {
		return answer(FakeAnswer.text(404, message + textCause), ApiError.notFound(message + apiCause));
	}

	FakeAnswer instanceBlocked() {
		return answer(FakeAnswer.instanceBlocked(), ApiError.BLOCKED);
	}

	FakeAnswer pathNotFound() {
		return answer(FakeAnswer.text(404, "404 page not found"), ApiError.notFound("Not Found"));
	}

	/**
	 * An error of an API.
	 * @param error the error
	 * @return the answer as this surface, which is not {@link #OIDC}, gives it
	 */
	FakeAnswer error(ApiError error) {
		return Objects.requireNonNull(this.errors).apply(error);
	}

	private FakeAnswer answer(FakeAnswer text, ApiError error) {
		return (this.errors != null) ? this.errors.apply(error) : text;
	}

}
