// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

/**
 * The client secret of a {@link FakeServiceUser}: what the console shows once.
 * {@link #toString()} leaves the secret out.
 *
 * @param clientId the client id, which is the user name and not the numeric id
 * @param value the secret, 64 characters
 * @since 0.1.0
 * @see FakeServiceUser#createSecret()
 */
public record FakeClientSecret(String clientId, String value) {

	@Override
	public String toString() {
		return "FakeClientSecret[clientId=" + this.clientId + "]";
	}

}
