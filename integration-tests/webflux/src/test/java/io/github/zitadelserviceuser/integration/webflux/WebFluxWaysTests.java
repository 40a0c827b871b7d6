// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.webflux;

import io.github.zitadelserviceuser.integration.WaysContract;

class WebFluxWaysTests extends WaysContract {

	WebFluxWaysTests() {
		super(WebFluxApplication.class);
	}

}
