// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.webflux;

import io.github.zitadelserviceuser.integration.CallsOutContract;

class WebFluxCallsOutTests extends CallsOutContract {

	WebFluxCallsOutTests() {
		super(WebFluxApplication.class);
	}

}
