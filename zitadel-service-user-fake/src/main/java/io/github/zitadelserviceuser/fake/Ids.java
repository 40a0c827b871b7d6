// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where numeric ids come from. They start at a random number, so that a key of one
 * instance is unknown to the next.
 */
final class Ids {

	private final AtomicLong last = new AtomicLong(300_000_000_000_000_000L + new SecureRandom().nextInt());

	String next() {
		return Long.toString(this.last.addAndGet(65_536));
	}

}
