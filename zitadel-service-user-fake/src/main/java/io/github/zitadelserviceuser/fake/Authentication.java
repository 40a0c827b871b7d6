// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import org.jspecify.annotations.Nullable;

/**
 * Whose token a request is for, or why it is nobody's.
 *
 * @param userId the numeric id of the user, empty if refused
 * @param refusal the check that failed, {@code null} if all passed
 */
record Authentication(String userId, @Nullable TokenOutcome refusal) {

	static Authentication of(String userId) {
		return new Authentication(userId, null);
	}

	static Authentication refused(TokenOutcome refusal) {
		return new Authentication("", refusal);
	}

}
