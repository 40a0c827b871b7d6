// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What is logged by the logger of the JDK, which writes to where it was first asked to.
 */
final class JdkLog {

	private JdkLog() {
	}

	/**
	 * Return what a class logs, each line with what was thrown.
	 */
	static List<String> of(Class<?> type, Runnable cause) {
		List<String> lines = new CopyOnWriteArrayList<>();
		Handler handler = new Handler() {

			@Override
			public void publish(LogRecord line) {
				lines.add(line.getMessage() + ((line.getThrown() != null) ? " " + line.getThrown() : ""));
			}

			@Override
			public void flush() {
			}

			@Override
			public void close() {
			}

		};
		Logger logger = Logger.getLogger(type.getName());
		logger.addHandler(handler);
		try {
			cause.run();
		}
		finally {
			logger.removeHandler(handler);
		}
		return lines;
	}

}
