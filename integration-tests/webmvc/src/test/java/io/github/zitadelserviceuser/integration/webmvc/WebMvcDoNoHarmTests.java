// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.webmvc;

import io.github.zitadelserviceuser.integration.DoNoHarmContract;

import org.springframework.boot.WebApplicationType;

class WebMvcDoNoHarmTests extends DoNoHarmContract {

	WebMvcDoNoHarmTests() {
		super(WebMvcApplication.class, WebApplicationType.SERVLET);
	}

}
