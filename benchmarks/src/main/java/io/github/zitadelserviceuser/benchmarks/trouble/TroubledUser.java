// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.trouble;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

import com.sun.management.OperatingSystemMXBean;
import io.github.zitadelserviceuser.benchmarks.library.ClientLibrary;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenStatus;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.SharedResources;
import org.jspecify.annotations.Nullable;

/**
 * A service user that asks for a token while the answers go wrong, and again when they no
 * longer do.
 */
final class TroubledUser implements AutoCloseable {

	private static final Duration BETWEEN_CALLS = Duration.ofMillis(1);

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final OperatingSystemMXBean PROCESS = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private final TroubledEndpoint endpoint;

	private final ServiceUserClient user;

	/**
	 * Create a new user.
	 * @param endpoint what it asks
	 * @param shared the client library, and its connections
	 * @param policy how long it waits for a token, and before it asks again
	 */
	TroubledUser(TroubledEndpoint endpoint, SharedResources shared, RefreshPolicy policy) {
		this.endpoint = endpoint;
		this.user = ServiceUserClient.builder()
			.issuerUri(endpoint.issuer())
			.clientSecret("service-user", "secret")
			.refreshPolicy(policy)
			.sharedResources(shared)
			.build();
	}

	static SharedResources resources(ClientLibrary library) {
		return SharedResources.builder().requestFactoryBuilder(library.requestFactoryBuilder()).build();
	}

	/**
	 * Return a policy for what is not measured: next to no pauses.
	 * @param timeOut how long to wait for a token
	 * @return the policy
	 */
	static RefreshPolicy impatient(Duration timeOut) {
		RefreshPolicy defaults = RefreshPolicy.defaults();
		Duration pause = Duration.ofMillis(10);
		return new RefreshPolicy(defaults.refreshAt(), defaults.refreshJitter(), defaults.expiryMargin(), pause, pause,
				pause, timeOut, defaults.shortestHold(), false);
	}

	/**
	 * Ask in vain, watch what goes on, ask in vain once more, and then have a token.
	 * @param trouble what is the matter
	 * @param watched how long to watch
	 * @return what went on
	 */
	Aftermath goThrough(Trouble trouble, Duration watched) {
		BusyThreads before = BusyThreads.now();
		this.endpoint.become(trouble);
		fail();
		long failedAt = System.nanoTime();
		Duration cpu = cpu(watched);
		List<String> busy = before.more();
		Long letGoAt = this.endpoint.letGoAt();
		fail();
		this.endpoint.heal();
		long wellAt = System.nanoTime();
		Duration pause = pause();
		token();
		return new Aftermath(cpu, busy, (letGoAt != null) ? Duration.ofNanos(Math.max(0, letGoAt - failedAt)) : null,
				pause, Duration.ofNanos(System.nanoTime() - wellAt));
	}

	/**
	 * Watch the process.
	 * @param watched how long
	 * @return what it took of a processor
	 */
	static Duration cpu(Duration watched) {
		long before = PROCESS.getProcessCpuTime();
		rest(watched);
		return Duration.ofNanos(PROCESS.getProcessCpuTime() - before);
	}

	private void fail() {
		int before = failures();
		// Who comes a hair too early is refused without a request.
		while (failures() == before) {
			rest(pause());
			try {
				this.user.tokenSource().await();
				throw new IllegalStateException("The endpoint is in trouble, and there is a token");
			}
			catch (TokenRequestException ex) {
				rest(BETWEEN_CALLS);
			}
		}
	}

	/**
	 * Wait for a token as an application does: it calls again and again.
	 */
	void token() {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (System.nanoTime() - end < 0) {
			try {
				this.user.tokenSource().await();
				return;
			}
			catch (TokenRequestException ex) {
				rest(BETWEEN_CALLS);
			}
		}
		throw new IllegalStateException("The endpoint is well, and there is no token: " + this.user.status());
	}

	private int failures() {
		TokenStatus.Failure failure = failure();
		return (failure != null) ? failure.count() : 0;
	}

	private Duration pause() {
		TokenStatus.Failure failure = failure();
		Duration pause = (failure != null) ? Duration.between(Instant.now(), failure.nextAttempt()) : Duration.ZERO;
		return pause.isNegative() ? Duration.ZERO : pause;
	}

	private TokenStatus.@Nullable Failure failure() {
		return Objects.requireNonNull(this.user.status()).failure();
	}

	private static void rest(Duration duration) {
		long end = System.nanoTime() + duration.toNanos();
		for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	@Override
	public void close() {
		this.user.close();
	}

}
