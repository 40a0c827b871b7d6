// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.jspecify.annotations.Nullable;

/**
 * The connection to a fake, as one of its service users.
 */
final class FakeZitadelConnectionDetails implements ZitadelServiceUserConnectionDetails {

	private final FakeZitadel zitadel;

	private final String user;

	private final boolean keyFile;

	FakeZitadelConnectionDetails(FakeZitadel zitadel, String user, boolean keyFile) {
		this.zitadel = zitadel;
		this.user = user;
		this.keyFile = keyFile;
	}

	@Override
	public String getIssuerUri() {
		return this.zitadel.issuer();
	}

	@Override
	public @Nullable String getKeyLocation() {
		return this.keyFile ? FakeZitadelPropertySource.keyLocation(this.zitadel, this.user) : null;
	}

}
