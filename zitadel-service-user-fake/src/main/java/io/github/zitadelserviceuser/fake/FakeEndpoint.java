// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * One endpoint of a {@link FakeZitadel} and what a test can have it do: fail, be slow,
 * hold its answers back. Safe for use by several threads.
 *
 * <p>
 * A request is counted and noted when it arrives; then it waits for as long as
 * {@link #hold()} and {@link #delay(Duration)} say; then it takes the answer asked for by
 * {@link #answerNext(int, FakeAnswer)} or {@link #answerAlways(FakeAnswer)}, if any.
 *
 * @since 0.1.0
 */
public final class FakeEndpoint {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/** How many calls are kept: one that runs for weeks must not fill the memory. */
	private static final int REMEMBERED_CALLS = 10_000;

	private final String name;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Deque<RecordedCall> calls = new ArrayDeque<>();

	private int arrived;

	private int waiting;

	private boolean holding;

	private long releases;

	private Duration delay = Duration.ZERO;

	private int answersLeft;

	private @Nullable FakeAnswer answer;

	FakeEndpoint(String name) {
		this.name = name;
	}

	/**
	 * Answers the next requests like this and those after them normally.
	 * @param requests how many requests
	 * @param answer the answer to give
	 */
	public void answerNext(int requests, FakeAnswer answer) {
		changeState(() -> {
			this.answer = answer;
			this.answersLeft = requests;
		});
	}

	/**
	 * Answers every request like this until {@link #answerNormally()}.
	 * @param answer the answer to give
	 */
	public void answerAlways(FakeAnswer answer) {
		answerNext(Integer.MAX_VALUE, answer);
	}

	/**
	 * Ends {@link #answerNext} and {@link #answerAlways}.
	 */
	public void answerNormally() {
		changeState(() -> {
			this.answer = null;
			this.answersLeft = 0;
		});
	}

	/**
	 * Holds every request from now on until {@link #release()}. Other endpoints go on.
	 */
	public void hold() {
		changeState(() -> this.holding = true);
	}

	/**
	 * Lets the held requests go on, whatever their delay, and holds no more.
	 */
	public void release() {
		changeState(() -> {
			this.holding = false;
			this.releases++;
		});
	}

	/**
	 * Lets every request wait for a time, which {@link #release()} cuts short.
	 * @param delay the time to wait, {@link Duration#ZERO} for none
	 */
	public void delay(Duration delay) {
		changeState(() -> this.delay = delay);
	}

	/**
	 * Return how many requests have arrived, answered or not.
	 * @return the number since the start or the last reset
	 */
	public int requestCount() {
		this.lock.lock();
		try {
			return this.arrived;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return the calls that have arrived since the start or the last reset, answered or
	 * not: the last 10,000 of them.
	 * @return a copy, the oldest first
	 */
	public List<RecordedCall> calls() {
		this.lock.lock();
		try {
			return List.copyOf(this.calls);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Blocks until so many requests have arrived. Fails with an
	 * {@link IllegalStateException} when they have not after 30 seconds.
	 * @param requests how many requests since the start or the last reset
	 * @throws InterruptedException if interrupted while waiting
	 */
	public void awaitRequests(int requests) throws InterruptedException {
		this.lock.lock();
		try {
			long nanos = PATIENCE.toNanos();
			while (this.arrived < requests && nanos > 0) {
				nanos = this.changed.awaitNanos(nanos);
			}
			require(requests, this.arrived, "arrived");
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Blocks until so many requests are held or delayed at the same time. Fails with an
	 * {@link IllegalStateException} when they are not after 30 seconds.
	 * @param requests how many requests
	 * @throws InterruptedException if interrupted while waiting
	 */
	public void awaitWaiting(int requests) throws InterruptedException {
		this.lock.lock();
		try {
			long nanos = PATIENCE.toNanos();
			while (this.waiting < requests && nanos > 0) {
				nanos = this.changed.awaitNanos(nanos);
			}
			require(requests, this.waiting, "waiting");
		}
		finally {
			this.lock.unlock();
		}
	}

	private void require(int wanted, int found, String what) {
		if (found < wanted) {
			throw new IllegalStateException("Only %d of %d requests %s at the %s endpoint within %d s".formatted(found,
					wanted, what, this.name, PATIENCE.toSeconds()));
		}
	}

	/**
	 * Counts and notes a request, which has to wait next.
	 * @param call the request
	 * @return what {@link #waitUntilDue} needs to know
	 */
	long arrive(HttpCall call) {
		this.lock.lock();
		try {
			this.arrived++;
			note(call);
			this.changed.signalAll();
			return this.releases;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets a request wait.
	 * @param arrival what {@link #arrive} returned for it
	 * @throws InterruptedException if the server is closed meanwhile
	 */
	void waitUntilDue(long arrival) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			this.waiting++;
			this.changed.signalAll();
			try {
				waitForRelease(arrival);
			}
			finally {
				this.waiting--;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void note(HttpCall call) {
		if (this.calls.size() == REMEMBERED_CALLS) {
			this.calls.removeFirst();
		}
		this.calls.addLast(new RecordedCall(call.method(), call.path(), call.headers(), call.bearerToken()));
	}

	/**
	 * Takes the answer that the test wants for a request.
	 * @return the answer, or {@code null} for the endpoint's own
	 */
	@Nullable FakeAnswer takeAnswer() {
		this.lock.lock();
		try {
			if (this.answersLeft == 0) {
				return null;
			}
			this.answersLeft -= (this.answersLeft != Integer.MAX_VALUE) ? 1 : 0;
			return this.answer;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void waitForRelease(long releasesBefore) throws InterruptedException {
		long nanos = TimeUnit.NANOSECONDS.convert(this.delay);
		while (this.releases == releasesBefore && (this.holding || nanos > 0)) {
			if (this.holding) {
				this.changed.await();
			}
			else {
				nanos = this.changed.awaitNanos(nanos);
			}
		}
	}

	void reset() {
		changeState(() -> {
			this.answer = null;
			this.answersLeft = 0;
			this.delay = Duration.ZERO;
			this.holding = false;
			this.releases++;
			this.arrived = 0;
			this.calls.clear();
		});
	}

	private void changeState(Runnable change) {
		this.lock.lock();
		try {
			change.run();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public String toString() {
		return "FakeEndpoint[" + this.name + "]";
	}

}
