// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.function.BiConsumer;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Provokes what users run into, and collects the texts that they see.
 */
@FunctionalInterface
public interface TroubleshootingCases {

	/**
	 * Provoke each case once.
	 * @param texts takes the name of a case and what is seen then
	 */
	void provoke(BiConsumer<String, String> texts) throws Exception;

	static String messageOf(ThrowingCallable call) {
		Throwable failure = catchThrowable(call);
		assertThat(failure).isNotNull();
		return String.valueOf(failure.getMessage());
	}

}
