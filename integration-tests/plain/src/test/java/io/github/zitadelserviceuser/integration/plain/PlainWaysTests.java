// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.plain;

import io.github.zitadelserviceuser.integration.WaysContract;

class PlainWaysTests extends WaysContract {

	PlainWaysTests() {
		super(PlainApplication.class);
	}

}
