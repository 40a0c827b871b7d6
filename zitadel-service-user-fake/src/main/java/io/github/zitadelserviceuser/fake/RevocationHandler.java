// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

/**
 * The revocation endpoint (RFC 7009). No service user has a way to end its tokens there:
 * they were issued to it and not to an application, and it is no client that the endpoint
 * knows.
 */
final class RevocationHandler implements Resource {

	static final String PATH = "/oauth/v2/revoke";

	private final Instance instance;

	RevocationHandler(Instance instance) {
		this.instance = instance;
	}

	@Override
	public FakeAnswer handle(HttpCall call, String issuer) {
		TokenForm form = TokenForm.parse(call);
		ClientCredentials client = ClientCredentials.of(call, form);
		if (client.id().isEmpty() && form.clientAssertion().isEmpty()) {
			return FakeAnswer.oauthError(400, "invalid_request", "client_id or client_assertion must be provided");
		}
		FakeApplication application = this.instance.applications()
			.authenticate(client, form, issuer, this.instance.clock().instant());
		if (application == null || !application.isWeb()) {
			return FakeAnswer.oauthError(400, "invalid_client", "no active client not found");
		}
		return (this.instance.tokens().findValid(form.token()) != null)
				? FakeAnswer.oauthError(401, "invalid_client", "token was not issued for this client")
				: FakeAnswer.json(200, "");
	}

}
