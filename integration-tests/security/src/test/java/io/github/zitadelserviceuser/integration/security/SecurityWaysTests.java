// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.security;

import io.github.zitadelserviceuser.integration.WaysContract;

class SecurityWaysTests extends WaysContract {

	SecurityWaysTests() {
		super(SecurityApplication.class);
	}

}
