// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.securitywebflux;

import io.github.zitadelserviceuser.integration.WaysContract;

class SecurityWebFluxWaysTests extends WaysContract {

	SecurityWebFluxWaysTests() {
		super(SecurityWebFluxApplication.class);
	}

}
