// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What has to be added to the clock here for ZITADEL to accept what is dated by it. Only
 * what helped is remembered, and only until it no longer does: a {@code Date} may be that
 * of a gateway whose own clock is wrong.
 */
final class ClockCorrection {

	private static final Log LOGGER = LogFactory.getLog(ClockCorrection.class);

	private volatile Duration value = Duration.ZERO;

	private volatile boolean warned;

	Duration get() {
		return this.value;
	}

	/**
	 * An assertion was accepted.
	 * @param correction what was added to the clock for it
	 */
	void accepted(Duration correction) {
		this.value = correction;
		boolean off = !correction.isZero();
		if (off && !this.warned) {
			LOGGER.warn("The clock of this machine is " + ClockComparison.describe(correction)
					+ " ZITADEL's, which refused an assertion for that. Set it right, for example by NTP; until then "
					+ "assertions are dated by ZITADEL's clock");
		}
		if (!off && this.warned) {
			LOGGER.info("The clock of this machine agrees with ZITADEL's again");
		}
		this.warned = off;
	}

	/**
	 * An assertion was refused. Whether it was for its date shows the next time.
	 */
	void refused() {
		this.value = Duration.ZERO;
	}

}
