// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link RefreshingTokenSource}.
 *
 * @since 0.1.0
 */
public final class RefreshingTokenSourceBuilder {

	final TokenGrant grant;

	RefreshPolicy policy = RefreshPolicy.defaults();

	final List<TokenListener> listeners = new ArrayList<>();

	@Nullable BackgroundTasks tasks;

	Clock clock = Clock.systemUTC();

	LongSupplier nanoTime = System::nanoTime;

	RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();

	BooleanSupplier nonBlockingThread = () -> false;

	CallerContext callerContext = UnaryOperator::identity;

	RefreshingTokenSourceBuilder(TokenGrant grant) {
		this.grant = Objects.requireNonNull(grant, "grant must not be null");
	}

	/**
	 * Set the numbers in the life of a token.
	 * @param policy the policy
	 * @return this builder
	 */
	public RefreshingTokenSourceBuilder policy(RefreshPolicy policy) {
		this.policy = policy;
		return this;
	}

	/**
	 * Add one who is told of each event.
	 * @param listener the listener
	 * @return this builder
	 */
	public RefreshingTokenSourceBuilder listener(TokenListener listener) {
		this.listeners.add(listener);
		return this;
	}

	/**
	 * Set where token requests run. They are closed together with the source.
	 * @param tasks the background tasks
	 * @return this builder
	 */
	public RefreshingTokenSourceBuilder tasks(BackgroundTasks tasks) {
		this.tasks = tasks;
		return this;
	}

	/**
	 * Set the wall clock and the monotonic clock.
	 * @param clock the wall clock
	 * @param nanoTime the monotonic clock, in nanoseconds
	 * @return this builder
	 */
	public RefreshingTokenSourceBuilder time(Clock clock, LongSupplier nanoTime) {
		this.clock = clock;
		this.nanoTime = nanoTime;
		return this;
	}

	/**
	 * Set the source of randomness for jitter.
	 * @param random a generator that is safe for use by several threads
	 * @return this builder
	 */
	public RefreshingTokenSourceBuilder random(RandomGenerator random) {
		this.random = random;
		return this;
	}

	/**
	 * Set how to tell that the calling thread must not block.
	 * @param nonBlockingThread whether the calling thread must not block
	 * @return this builder
	 */
	public RefreshingTokenSourceBuilder nonBlockingThread(BooleanSupplier nonBlockingThread) {
		this.nonBlockingThread = nonBlockingThread;
		return this;
	}

	/**
	 * Set what of a waiting caller goes along with the request that is made for it, such
	 * as its trace.
	 * @param callerContext what to carry over
	 * @return this builder
	 */
	public RefreshingTokenSourceBuilder callerContext(CallerContext callerContext) {
		this.callerContext = callerContext;
		return this;
	}

	/**
	 * Build the source. It starts no thread before it is asked for a token.
	 * @return a new source of tokens
	 */
	public RefreshingTokenSource build() {
		return new RefreshingTokenSource(this);
	}

}
