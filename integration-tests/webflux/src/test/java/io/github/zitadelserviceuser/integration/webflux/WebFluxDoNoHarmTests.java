// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.webflux;

import io.github.zitadelserviceuser.integration.DoNoHarmContract;

import org.springframework.boot.WebApplicationType;

class WebFluxDoNoHarmTests extends DoNoHarmContract {

	WebFluxDoNoHarmTests() {
		super(WebFluxApplication.class, WebApplicationType.REACTIVE);
	}

}
