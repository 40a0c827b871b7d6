// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.securitywebflux;

import io.github.zitadelserviceuser.integration.DoNoHarmContract;

import org.springframework.boot.WebApplicationType;

class SecurityWebFluxDoNoHarmTests extends DoNoHarmContract {

	SecurityWebFluxDoNoHarmTests() {
		super(SecurityWebFluxApplication.class, WebApplicationType.REACTIVE);
	}

}
