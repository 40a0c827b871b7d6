// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps quiet those that log whole requests, assertions included.
 */
final class QuietLogs {

	private QuietLogs() {
	}

	static void quieten() {
		for (String name : List.of("org.apache.hc", "org.eclipse.jetty", "org.wiremock", "wiremock", "WireMock")) {
			((Logger) LoggerFactory.getLogger(name)).setLevel(Level.WARN);
		}
	}

}
