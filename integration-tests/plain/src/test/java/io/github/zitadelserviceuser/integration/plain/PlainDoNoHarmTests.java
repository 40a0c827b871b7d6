// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.plain;

import io.github.zitadelserviceuser.integration.DoNoHarmContract;

import org.springframework.boot.WebApplicationType;

class PlainDoNoHarmTests extends DoNoHarmContract {

	PlainDoNoHarmTests() {
		super(PlainApplication.class, WebApplicationType.NONE);
	}

}
