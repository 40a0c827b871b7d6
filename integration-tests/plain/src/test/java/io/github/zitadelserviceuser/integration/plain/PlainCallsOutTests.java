// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.plain;

import io.github.zitadelserviceuser.integration.CallsOutContract;

class PlainCallsOutTests extends CallsOutContract {

	PlainCallsOutTests() {
		super(PlainApplication.class);
	}

}
