// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Closes what a service user owns, as far as that goes.
 */
final class Closing {

	private static final Log logger = LogFactory.getLog(ServiceUserClient.class);

	private Closing() {
	}

	static Runnable once(List<AutoCloseable> owned) {
		List<AutoCloseable> all = List.copyOf(owned);
		AtomicBoolean closed = new AtomicBoolean();
		return () -> {
			if (closed.compareAndSet(false, true)) {
				all.forEach(Closing::quietly);
			}
		};
	}

	static void quietly(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Throwable ex) {
			logger.debug("What a service user owned could not be closed", ex);
		}
	}

}
