/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
