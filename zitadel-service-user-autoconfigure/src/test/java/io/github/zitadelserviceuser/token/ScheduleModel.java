// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What a source of tokens must and must not do, said again in another way: from outside,
 * with seconds as fractions, without states or flights.
 */
final class ScheduleModel implements TokenListener {

	/**
	 * What fractions may be wrong by: within it of a border, either side is right.
	 */
	private static final double ROUNDING = 1e-5;

	private final List<AccessToken> tokens = new ArrayList<>();

	private final MutableTime time;

	private final RefreshPolicy policy;

	private final FixedRandom part;

	private final boolean jumps;

	private final Supplier<OptionalDouble> lastWait;

	private @Nullable String violation;

	private @Nullable Held held;

	private boolean rejected;

	private boolean lifetimeUnknown;

	private double doubtedUntil;

	private boolean ended;

	private double assumedLifetime = 60;

	private boolean asked;

	private boolean closed;

	private boolean noThreads;

	private boolean everNoThreads;

	private int count;

	private int failures;

	int carried;

	private double flightStart;

	private double pausedUntil;

	private double pausedUntilIfCold;

	ScheduleModel(MutableTime time, RefreshPolicy policy, FixedRandom part, boolean jumps,
			Supplier<OptionalDouble> lastWait) {
		this.time = time;
		this.policy = policy;
		this.part = part;
		this.jumps = jumps;
		this.lastWait = lastWait;
		this.tokens.add(new AccessToken("stranger", MutableTime.START, MutableTime.START.plusSeconds(1)));
	}

	// Told by the schedule

	void requested() {
		this.asked = true;
		require(!this.closed, "a request after the end");
		// The last attempt of a flight comes earlier, so that there is time for it.
		double pause = (isUsable() && !this.rejected && !this.jumps) ? this.pausedUntil
				: Math.min(this.pausedUntilIfCold, this.flightStart + 0.8 * timeout());
		require(seconds() >= pause - ROUNDING, "a request " + (pause - seconds()) + " s before the end of a pause");
	}

	void flightStarts() {
		this.flightStart = seconds();
	}

	TokenResponse answered(Reading requestedAt, @Nullable Duration expiresIn, boolean late) {
		String value = "token-" + (++this.count);
		double lifetime = (expiresIn != null) ? Math.min(expiresIn.toSeconds() + expiresIn.getNano() / 1e9, 2_592_000)
				: this.assumedLifetime;
		double usable = (lifetime < 1) ? 0 : lifetime - Math.min(60, lifetime / 10);
		if (!late && age(requestedAt) < usable) {
			this.held = new Held(value, requestedAt, now(),
					Math.min(lifetime * this.policy.refreshAt(), usable - lifetime / 20)
							- this.policy.refreshJitter() * lifetime,
					usable);
			this.lifetimeUnknown = expiresIn == null;
			this.ended = false;
			this.rejected = false;
		}
		return new TokenResponse(value, expiresIn);
	}

	void served(AccessToken token) {
		require(this.held != null && token.value().equals(this.held.value), "another token than the last one");
		require(age(this.held.requestedAt) < this.held.usableFor + ROUNDING, "a token past its margin");
	}

	void refused(Throwable ex) {
		require(ex instanceof TokenRequestException, "a failure of another type: " + ex);
		require(!isUsable(), "a failure while a token is held");
	}

	void waited(double since) {
		require(seconds() - since <= timeout() + ROUNDING, "a caller waited longer than it may");
	}

	/**
	 * Who waited, and was told that a flight took too long, had nearly all of its time.
	 */
	void refusedAfterWaiting(Throwable ex, double since) {
		require(!ex.getMessage().startsWith("No token within") || this.closed || this.everNoThreads
				|| seconds() - since >= 0.8 * timeout() - ROUNDING, "a caller who came late was not given its time");
	}

	/**
	 * A token of unknown lifetime that is rejected has ended, unless it was rejected when
	 * it cannot have.
	 */
	void rejecting(AccessToken token) {
		if (this.held == null || !token.value().equals(this.held.value) || this.rejected || this.closed
				|| !this.lifetimeUnknown) {
			return;
		}
		double age = age(this.held.requestedAt);
		if (age < 1) {
			this.doubtedUntil = seconds() + 60;
			this.assumedLifetime = 60;
		}
		else if (seconds() >= this.doubtedUntil) {
			this.ended = true;
			this.assumedLifetime = Math.min(this.assumedLifetime, age);
		}
	}

	boolean couldBeReplaced() {
		return !this.closed && !this.noThreads && seconds() >= this.pausedUntilIfCold + ROUNDING && this.held != null
				&& (this.ended || age(this.held.obtainedAt) >= 10 + ROUNDING);
	}

	void rejectedBy(AccessToken token) {
		if (this.held != null && token.value().equals(this.held.value)) {
			require(this.rejected || this.closed || age(this.held.obtainedAt) < 10 + ROUNDING,
					"a rejection was ignored");
		}
	}

	void close() {
		this.closed = true;
	}

	void noThreads(boolean noThreads) {
		this.noThreads = noThreads;
		this.everNoThreads |= noThreads;
	}

	// Told by the source

	@Override
	public void onObtained(AccessToken token) {
		succeeded(token);
	}

	@Override
	public void onRefreshed(AccessToken token) {
		succeeded(token);
	}

	@Override
	public void onFailed(TokenRequestException failure) {
		this.failures++;
		Duration retryAfter = failure.getRetryAfter();
		boolean asked = retryAfter != null && retryAfter.compareTo(Duration.ZERO) > 0;
		this.pausedUntil = seconds() + (asked ? Math.min(60, retryAfter.toMillis() / 1e3) : pause(60));
		this.pausedUntilIfCold = seconds() + (asked ? Math.min(60, retryAfter.toMillis() / 1e3) : pause(10));
		OptionalDouble lastWait = this.lastWait.get();
		if (failure.getMessage().startsWith("No token within") && lastWait.isPresent()
				&& lastWait.getAsDouble() + 0.8 * timeout() >= seconds() - ROUNDING) {
			// Who came late has an attempt of its own.
			this.pausedUntil = seconds();
			this.pausedUntilIfCold = seconds();
			this.carried++;
		}
	}

	@Override
	public void onRejected(AccessToken token) {
		require(this.held != null && token.value().equals(this.held.value),
				"another token than the one held was rejected");
		require(!this.rejected, "one token was rejected twice");
		require(this.ended || age(this.held.obtainedAt) >= 10 - ROUNDING, "a young token was rejected");
		this.rejected = true;
	}

	// Asked by the schedule

	boolean isFresh() {
		return isUsable() && !this.rejected && age(this.held.requestedAt) < this.held.freshFor - ROUNDING;
	}

	boolean isUsable() {
		return this.held != null && age(this.held.requestedAt) < this.held.usableFor - ROUNDING;
	}

	boolean isUsableAndOtherThan(AccessToken token) {
		return isUsable() && !token.value().equals(this.held.value);
	}

	boolean isClosed() {
		return this.closed;
	}

	boolean isKeptWarm() {
		return this.policy.keepWarm() && this.asked && !this.closed && !this.everNoThreads;
	}

	AccessToken anyToken(SplittableRandom random) {
		int last = this.tokens.size() - 1;
		return this.tokens.get((random.nextInt(4) == 0) ? random.nextInt(last + 1) : last);
	}

	Reading now() {
		return new Reading(this.time.millis() / 1e3, seconds());
	}

	void require(boolean holds, String otherwise) {
		if (!holds && this.violation == null) {
			this.violation = otherwise;
		}
	}

	@Nullable String violation() {
		return this.violation;
	}

	private void succeeded(AccessToken token) {
		require(this.held != null && token.value().equals(this.held.value), "a late answer was taken");
		this.tokens.add(token);
		this.failures = 0;
		this.pausedUntil = 0;
		this.pausedUntilIfCold = 0;
	}

	private double timeout() {
		return this.policy.tokenTimeout().toNanos() / 1e9;
	}

	private double pause(double longest) {
		return Math.min(Math.pow(2, this.failures - 1), longest) * this.part.nextDouble();
	}

	private double age(Reading since) {
		return Math.max(this.time.millis() / 1e3 - since.wall, seconds() - since.monotonic);
	}

	private double seconds() {
		return this.time.elapsed() / 1e9;
	}

	record Reading(double wall, double monotonic) {

	}

	private record Held(String value, Reading requestedAt, Reading obtainedAt, double freshFor, double usableFor) {

	}

}
