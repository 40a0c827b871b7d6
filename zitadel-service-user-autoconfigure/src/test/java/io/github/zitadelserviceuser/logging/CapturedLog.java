// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.logging;

import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * The lines that one class logs, as {@code LEVEL message}.
 */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final List<String> lines = new ArrayList<>();

	private final List<String> traces = new ArrayList<>();

	private final Logger logger;

	CapturedLog(Class<?> type) {
		this.logger = (Logger) LoggerFactory.getLogger(type);
		this.logger.setLevel(Level.TRACE);
		this.logger.setAdditive(false);
		setContext(this.logger.getLoggerContext());
		this.logger.addAppender(this);
		start();
	}

	@Override
	protected void append(ILoggingEvent event) {
		this.lines.add(event.getLevel() + " " + event.getFormattedMessage());
		if (event.getThrowableProxy() != null) {
			String type = event.getThrowableProxy().getClassName();
			this.traces.add(event.getLevel() + " " + type.substring(type.lastIndexOf('.') + 1));
		}
	}

	/**
	 * Return the lines from INFO on since the last call.
	 */
	synchronized List<String> take() {
		return takeAll().stream().filter((line) -> !line.startsWith("DEBUG")).toList();
	}

	/**
	 * Return all lines since the last call.
	 */
	synchronized List<String> takeAll() {
		List<String> taken = List.copyOf(this.lines);
		this.lines.clear();
		return taken;
	}

	/**
	 * Return the exceptions that were logged with their stack traces since the last call,
	 * as {@code LEVEL type}.
	 */
	synchronized List<String> takeTraces() {
		List<String> taken = List.copyOf(this.traces);
		this.traces.clear();
		return taken;
	}

	@Override
	public void close() {
		this.logger.detachAppender(this);
		this.logger.setAdditive(true);
		this.logger.setLevel(null);
	}

}
