// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs what the code of others threw: once as a warning for each kind, so that one that
 * always throws does not fill the log.
 */
final class ForeignFailures {

	private static final Logger LOGGER = System.getLogger(RefreshingTokenSource.class.getName());

	private static final int MOST_KINDS = 100;

	private final Set<String> kinds = ConcurrentHashMap.newKeySet();

	void log(String what, Object whose, Throwable ex) {
		String name = name(whose);
		boolean isNew = this.kinds.size() < MOST_KINDS && this.kinds.add(name + " " + ex.getClass().getName());
		LOGGER.log(isNew ? Level.WARNING : Level.DEBUG,
				what + ": " + name + (isNew ? ". If it fails in this way again, that is logged at DEBUG" : ""), ex);
	}

	private static String name(Object whose) {
		try {
			return whose.toString();
		}
		catch (Throwable ex) {
			return whose.getClass().getName();
		}
	}

}
