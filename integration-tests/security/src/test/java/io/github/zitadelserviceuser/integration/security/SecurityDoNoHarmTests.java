// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.security;

import io.github.zitadelserviceuser.integration.DoNoHarmContract;

import org.springframework.boot.WebApplicationType;

class SecurityDoNoHarmTests extends DoNoHarmContract {

	SecurityDoNoHarmTests() {
		super(SecurityApplication.class, WebApplicationType.SERVLET);
	}

}
