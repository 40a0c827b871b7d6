// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

/**
 * What a request with a client secret is made of.
 *
 * @param secret the secret
 * @param metadata where it is sent
 */
record ClientSecretInputs(String secret, ServerMetadata metadata) {

	@Override
	public String toString() {
		return "ClientSecretInputs[metadata=" + this.metadata + "]";
	}

}
