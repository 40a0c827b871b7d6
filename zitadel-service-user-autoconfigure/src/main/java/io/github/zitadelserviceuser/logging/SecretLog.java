// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.logging;

import io.github.zitadelserviceuser.key.InvalidCredentialException;
import io.github.zitadelserviceuser.key.SecretListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs what happens to a client secret or a personal access token: a new one at INFO, one
 * that cannot be read once at WARN.
 * <p>
 * Instances are safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class SecretLog implements SecretListener {

	private static final Log logger = LogFactory.getLog(SecretLog.class);

	private final String secret;

	private boolean unreadable;

	/**
	 * Create a new log.
	 * @param secret what to call it, such as "client secret of the ZITADEL service user"
	 */
	public SecretLog(String secret) {
		this.secret = secret;
	}

	@Override
	public void onReplaced() {
		logger.info("The " + this.secret + " was replaced");
	}

	@Override
	public synchronized void onUnreadable(InvalidCredentialException failure) {
		String line = "The " + this.secret + " was read again and cannot be used, so that the one before stays in use. "
				+ failure.getMessage();
		if (this.unreadable) {
			logger.debug(line);
		}
		else {
			this.unreadable = true;
			logger.warn(line);
		}
	}

	@Override
	public synchronized void onReadable() {
		this.unreadable = false;
		logger.info("The " + this.secret + " can be read again");
	}

}
