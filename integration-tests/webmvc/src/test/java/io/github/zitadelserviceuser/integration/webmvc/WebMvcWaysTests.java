// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.webmvc;

import io.github.zitadelserviceuser.integration.WaysContract;

class WebMvcWaysTests extends WaysContract {

	WebMvcWaysTests() {
		super(WebMvcApplication.class);
	}

}
