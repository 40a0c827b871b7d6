// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.webmvc;

import io.github.zitadelserviceuser.integration.CallsOutContract;

class WebMvcCallsOutTests extends CallsOutContract {

	WebMvcCallsOutTests() {
		super(WebMvcApplication.class);
	}

}
