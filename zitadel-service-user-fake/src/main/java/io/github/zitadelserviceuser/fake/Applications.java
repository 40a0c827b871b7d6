// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The applications of the instance, by client id.
 */
final class Applications {

	private final Map<String, FakeApplication> applications = new ConcurrentHashMap<>();

	void add(FakeApplication application) {
		this.applications.put(application.clientId(), application);
	}

	/**
	 * Return the application that a client proves to be, by its secret or an assertion
	 * (RFC 7523 section 2.2).
	 * @param client the client id and secret that were sent
	 * @param form the parameters
	 * @param issuer the issuer of this request
	 * @param now the server's time
	 * @return the application, or {@code null} if it is none
	 */
	@Nullable FakeApplication authenticate(ClientCredentials client, TokenForm form, String issuer, Instant now) {
		if (client.id().isEmpty()) {
			Assertion assertion = Assertion.parse(form.clientAssertion());
			return (assertion != null && AssertionCheck.firstRefusal(assertion,
					new AssertionCheck.Context(issuer, now, this::verificationKey)) == null)
							? this.applications.get(assertion.issuer()) : null;
		}
		FakeApplication application = this.applications.get(client.id());
		return (application != null && application.clientSecret().equals(client.secret())) ? application : null;
	}

	private @Nullable VerificationKey verificationKey(String clientId, String keyId, Instant now) {
		FakeApplication application = this.applications.get(clientId);
		return (application != null && application.key().keyId().equals(keyId)) ? application.key().verificationKey()
				: null;
	}

}
