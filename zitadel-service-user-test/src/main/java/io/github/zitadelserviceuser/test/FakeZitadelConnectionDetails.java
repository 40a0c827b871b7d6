// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;

/**
 * The connection to a fake, as one of its service users.
 */
final class FakeZitadelConnectionDetails implements ZitadelServiceUserConnectionDetails {

	private final FakeZitadel zitadel;

	private final FakeServiceUser user;

	FakeZitadelConnectionDetails(FakeZitadel zitadel, FakeServiceUser user) {
		this.zitadel = zitadel;
		this.user = user;
	}

	@Override
	public String getIssuerUri() {
		return this.zitadel.issuer();
	}

	@Override
	public String getKeyLocation() {
		return FakeZitadelPropertySource.keyLocation(this.user);
	}

}
