// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

/**
 * The two halves of the server, which word the same trouble differently.
 */
enum Surface {

	/** Discovery, token endpoint, userinfo and keys: errors before them are text. */
	OIDC {
		@Override
		FakeAnswer instanceUnavailable(String message, String textCause, String apiCause) {
			return FakeAnswer.text(404, message + textCause);
		}

		@Override
		FakeAnswer instanceBlocked() {
			return FakeAnswer.instanceBlocked();
		}

		@Override
		FakeAnswer pathNotFound() {
			return FakeAnswer.text(404, "404 page not found");
		}
	},

	/** The APIs and every other path: errors are a gRPC status in JSON. */
	API {
		@Override
		FakeAnswer instanceUnavailable(String message, String textCause, String apiCause) {
			return ApiErrors.notFound(message + apiCause);
		}

		@Override
		FakeAnswer instanceBlocked() {
			return ApiErrors.instanceBlocked();
		}

		@Override
		FakeAnswer pathNotFound() {
			return ApiErrors.notFound("Not Found");
		}
	};

	static Surface of(String path) {
		return (path.startsWith("/.well-known/") || path.startsWith("/oauth/v2/") || path.startsWith("/oidc/v1/"))
				? OIDC : API;
	}

	/**
	 * There is no instance for a request.
	 * @param message what both halves say
	 * @param textCause what is added in text
	 * @param apiCause what is added in JSON
	 * @return the answer, status 404
	 */
	abstract FakeAnswer instanceUnavailable(String message, String textCause, String apiCause);

	abstract FakeAnswer instanceBlocked();

	abstract FakeAnswer pathNotFound();

}
