// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.logging;

import java.time.Clock;

import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.key.KeyListener;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenListener;
import io.github.zitadelserviceuser.token.TokenRequestException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs what happens to the key: a new one at INFO, one that cannot be read once at WARN,
 * and at WARN, 30, 7 and 1 days ahead and when it is past, that it expires. No line holds
 * any part of a private key.
 * <p>
 * Instances are safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class KeyLog implements KeyListener, TokenListener {

	private static final Log logger = LogFactory.getLog(KeyLog.class);

	private final KeyExpiry expiry = new KeyExpiry();

	private final String serviceUser;

	private final Clock clock;

	private volatile @Nullable ServiceUserKey inUse;

	private boolean unreadable;

	/**
	 * Create a new log.
	 * @param serviceUser what to call the service user, such as "the ZITADEL service
	 * user"
	 * @param clock the clock by which a key expires
	 */
	public KeyLog(String serviceUser, Clock clock) {
		this.serviceUser = serviceUser;
		this.clock = clock;
	}

	/**
	 * Begin with the key that was read first.
	 * @param first that key
	 */
	public void begin(ServiceUserKey first) {
		this.inUse = first;
		checkExpiry();
	}

	@Override
	public synchronized void onReplaced(ServiceUserKey before, ServiceUserKey now) {
		logger.info("The key of " + this.serviceUser + " was replaced: it is " + name(now) + " now, and was "
				+ name(before));
		this.inUse = now;
		checkExpiry();
	}

	@Override
	public synchronized void onUnreadable(InvalidServiceUserKeyException failure, ServiceUserKey kept) {
		String line = "The key of " + this.serviceUser + " was read again and cannot be used, so that " + name(kept)
				+ " stays in use. " + failure.getMessage();
		if (this.unreadable) {
			logger.debug(line);
		}
		else {
			this.unreadable = true;
			logger.warn(line);
		}
	}

	@Override
	public synchronized void onReadable(ServiceUserKey now) {
		this.unreadable = false;
		this.inUse = now;
		logger.info("The key of " + this.serviceUser + " can be read again: it is " + name(now));
	}

	@Override
	public void onObtained(AccessToken token) {
		checkExpiry();
	}

	@Override
	public void onRefreshed(AccessToken token) {
		checkExpiry();
	}

	@Override
	public void onFailed(TokenRequestException failure) {
		checkExpiry();
	}

	private synchronized void checkExpiry() {
		ServiceUserKey key = this.inUse;
		String warning = (key != null) ? this.expiry.warning(key, this.clock.instant()) : null;
		if (warning != null) {
			logger.warn(warning);
		}
	}

	static String name(ServiceUserKey key) {
		return "key " + key.keyId() + " of user " + key.userId();
	}

}
