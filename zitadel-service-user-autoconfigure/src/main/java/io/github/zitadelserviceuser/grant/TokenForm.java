// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is sent to the token endpoint, of which any part may be secret.
 *
 * @param parameters the parameters, in the order in which they are sent
 * @param authorization the value of the {@code Authorization} header, if there is one
 */
record TokenForm(Map<String, String> parameters, @Nullable String authorization) {

	@Override
	public String toString() {
		return "TokenForm" + this.parameters.keySet();
	}

}
