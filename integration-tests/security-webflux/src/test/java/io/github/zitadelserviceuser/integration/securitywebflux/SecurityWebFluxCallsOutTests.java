// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.securitywebflux;

import io.github.zitadelserviceuser.integration.CallsOutContract;

class SecurityWebFluxCallsOutTests extends CallsOutContract {

	SecurityWebFluxCallsOutTests() {
		super(SecurityWebFluxApplication.class);
	}

}
