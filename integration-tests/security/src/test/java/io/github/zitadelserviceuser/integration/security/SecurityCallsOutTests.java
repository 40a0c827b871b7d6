// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.security;

import io.github.zitadelserviceuser.integration.CallsOutContract;

class SecurityCallsOutTests extends CallsOutContract {

	SecurityCallsOutTests() {
		super(SecurityApplication.class);
	}

}
