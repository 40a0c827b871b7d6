// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.trouble;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

import io.github.zitadelserviceuser.benchmarks.library.ClientLibrary;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.user.SharedResources;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * A process that goes through each trouble with one client library, and says what is left
 * of it.
 *
 * @since 0.1.0
 */
public final class TroubledProcess {

	/**
	 * What a line begins with that says what is left.
	 */
	static final String RESULT = "left ";

	/**
	 * How long a call waits for a token.
	 */
	static final Duration TIME_OUT = Duration.ofSeconds(2);

	/**
	 * How long the process is watched after that.
	 */
	static final Duration WATCHED = Duration.ofSeconds(3);

	// For what is loaded and compiled once.
	private static final int WARM_UP = 3;

	private static final Duration WARM_UP_TIME_OUT = Duration.ofMillis(200);

	private TroubledProcess() {
	}

	/**
	 * Run.
	 * @param args the library, and how often to go through each trouble
	 * @throws IOException if there is no port to listen at
	 */
	public static void main(String[] args) throws IOException {
		LoggingSystem.get(TroubledProcess.class.getClassLoader())
			.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
		try (TroubledEndpoint endpoint = new TroubledEndpoint();
				SharedResources shared = TroubledUser.resources(ClientLibrary.valueOf(args[0]))) {
			for (int i = 0; i < WARM_UP; i++) {
				for (Trouble trouble : Trouble.values()) {
					goThrough(endpoint, shared, TroubledUser.impatient(WARM_UP_TIME_OUT), trouble, Duration.ZERO);
				}
			}
			RefreshPolicy policy = RefreshPolicy.defaults().withTokenTimeout(TIME_OUT);
			TroubledUser.cpu(WATCHED);
			long atRest = TroubledUser.cpu(WATCHED).toMillis();
			for (int round = 0; round < Integer.parseInt(args[1]); round++) {
				for (Trouble trouble : Trouble.values()) {
					print(trouble, atRest, goThrough(endpoint, shared, policy, trouble, WATCHED));
				}
			}
		}
		// Some libraries leave threads behind that keep a process alive.
		System.exit(0);
	}

	private static Aftermath goThrough(TroubledEndpoint endpoint, SharedResources shared, RefreshPolicy policy,
			Trouble trouble, Duration watched) throws IOException {
		try (TroubledUser user = new TroubledUser(endpoint, shared, policy)) {
			return user.goThrough(trouble, watched);
		}
		finally {
			endpoint.cut();
		}
	}

	private static void print(Trouble trouble, long atRest, Aftermath aftermath) {
		Duration letGo = aftermath.letGo();
		System.out.printf(Locale.ROOT, "%s%s %d %d %d %d %d %d %s%n", RESULT, trouble, atRest,
				aftermath.cpu().toMillis(), aftermath.busy().size(), (letGo != null) ? letGo.toMillis() : -1,
				aftermath.pause().toMillis(), aftermath.recovery().toMillis(), aftermath.busy());
	}

}
