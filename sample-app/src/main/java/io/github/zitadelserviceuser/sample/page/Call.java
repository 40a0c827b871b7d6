// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample.page;

import org.jspecify.annotations.Nullable;

/**
 * One call and what became of it. Public for the page, which reads its values.
 *
 * @param millis how long it took
 * @param failure why it failed, {@code null} if it did not
 */
public record Call(long millis, @Nullable String failure) {

	/**
	 * Return whether the call was served.
	 * @return whether it did not fail
	 */
	public boolean isServed() {
		return this.failure == null;
	}

	/**
	 * Return the height of its bar, which grows with each doubling of the time.
	 * @return the height, up to 90
	 */
	public long height() {
		return Math.min(90, 8 + Math.round(5 * Math.log(this.millis + 1.0) / Math.log(2)));
	}

}
