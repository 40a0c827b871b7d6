// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import io.github.zitadelserviceuser.fake.FakeZitadel;

/**
 * The connection to a fake, as its first service user.
 */
final class FakeZitadelConnectionDetails implements ZitadelServiceUserConnectionDetails {

	private final FakeZitadel zitadel;

	FakeZitadelConnectionDetails(FakeZitadel zitadel) {
		this.zitadel = zitadel;
	}

	@Override
	public String getIssuerUri() {
		return this.zitadel.issuer();
	}

	@Override
	public String getKeyLocation() {
		return this.zitadel.serviceUser().keyFile().toUri().toString();
	}

}
