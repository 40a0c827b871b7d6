// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;

/**
 * Does random things to a source of tokens, from the outside and, while a request is
 * under way, from within it, and compares what it sees with a {@link ScheduleModel}.
 */
final class RandomSchedule implements TokenGrant {

	private static final int DEEPEST = 3;

	private static final int MOST_REQUESTS = 200;

	private static final int MOST_WAITERS = 50;

	final List<String> steps = new ArrayList<>();

	int requests;

	int served;

	int refused;

	int overtaken;

	private final MutableTime time = new MutableTime();

	private final ManualTasks tasks = new ManualTasks(this.time);

	private final FixedRandom part = new FixedRandom(0.5);

	private final List<Waiter> waiters = new ArrayList<>();

	private final Deque<Boolean> underWay = new ArrayDeque<>();

	private final long seed;

	private final SplittableRandom random;

	private final ScheduleModel model;

	private final RefreshingTokenSource source;

	private boolean jumps;

	private boolean calm;

	RandomSchedule(long seed) {
		this.seed = seed;
		this.random = new SplittableRandom(seed);
		RefreshPolicy policy = RefreshPolicy.defaults()
			.withRefreshAt(this.random.nextDouble(0.1, 0.999))
			.withTokenTimeout(Duration.ofMillis(this.random.nextLong(500, 15_000)))
			.withKeepWarm(this.random.nextBoolean());
		this.jumps = this.random.nextBoolean();
		this.model = new ScheduleModel(this.time, policy, this.part, this.jumps,
				() -> this.waiters.stream().filter((waiter) -> !waiter.isDone()).mapToDouble(Waiter::since).max());
		this.tasks.onSchedule((delay) -> {
			if (delay.equals(policy.tokenTimeout())) {
				this.model.flightStarts();
			}
		});
		this.source = RefreshingTokenSource.builder(this)
			.policy(policy)
			.listener(this.model)
			.tasks(this.tasks)
			.time(this.time, this.time::nanoTime)
			.random(this.part)
			.build();
	}

	void play(int count) {
		for (int i = 0; i < count; i++) {
			step();
			verify();
			if (this.model.isKeptWarm()) {
				this.model.require(this.tasks.timers() > 0 || this.tasks.waiting() > 0, "nothing would wake up");
			}
		}
		this.calm = true;
		this.tasks.reject(false);
		this.tasks.advance(Duration.ofMinutes(2));
		this.model.require(this.waiters.stream().allMatch(Waiter::isDone), "a waiter was left alone");
		CompletableFuture<AccessToken> last = this.source.get();
		this.tasks.runAll();
		this.model.require(this.model.isClosed() || !last.isCompletedExceptionally(), "no recovery");
		verify();
	}

	int carried() {
		return this.model.carried;
	}

	@Override
	public TokenResponse request() {
		noticeInterrupt();
		this.requests++;
		this.model.require(this.underWay.stream().allMatch((abandoned) -> abandoned), "a second request in flight");
		this.model.requested();
		this.underWay.push(false);
		ScheduleModel.Reading requestedAt = this.model.now();
		boolean busy = !this.calm && this.requests < MOST_REQUESTS && this.underWay.size() <= DEEPEST;
		if (busy && this.random.nextInt(3) == 0) {
			for (int i = this.random.nextInt(8); i > 0; i--) {
				step();
			}
		}
		noticeInterrupt();
		boolean late = this.underWay.pop() || this.model.isClosed();
		this.overtaken += late ? 1 : 0;
		return answer(requestedAt, late);
	}

	private TokenResponse answer(ScheduleModel.Reading requestedAt, boolean late) {
		if (this.calm || this.requests >= MOST_REQUESTS) {
			return this.model.answered(requestedAt, Duration.ofDays(1), late);
		}
		switch (this.random.nextInt(20)) {
			case 0:
				throw new IllegalStateException();
			case 1:
				throw new LinkageError();
			case 2:
				return this.model.answered(requestedAt, null, late);
			case 3:
				return this.model.answered(requestedAt, Duration.ofSeconds(-this.random.nextInt(2)), late);
			case 4:
				return this.model.answered(requestedAt, Duration.ofSeconds(Long.MAX_VALUE), late);
			case 5, 6, 7, 8, 9, 10, 11, 12:
				return this.model.answered(requestedAt, duration(-1, 5), late);
			default:
				Reason[] reasons = Reason.values();
				throw new TokenRequestException(reasons[this.random.nextInt(reasons.length)], "", null,
						(this.random.nextInt(4) == 0) ? duration(-2, 3).minusSeconds(1) : null, null);
		}
	}

	private void step() {
		this.part.set(this.random.nextDouble());
		int choice = this.random.nextInt(100);
		if (choice < 45) {
			note("get");
			get();
		}
		else if (choice < 50 && !this.waiters.isEmpty()) {
			note("give up");
			this.waiters.get(this.random.nextInt(this.waiters.size())).future().cancel(true);
		}
		else if (choice < 58) {
			note("reject");
			reject();
		}
		else if (choice < 78) {
			Duration duration = duration(-3, 3.6);
			note("advance " + duration);
			this.tasks.advance(duration);
		}
		else if (choice < 82) {
			Duration jump = duration(0, 3.6).multipliedBy((this.random.nextBoolean()) ? 1 : -1);
			note("jump " + jump);
			this.time.jumpWall(this.jumps ? jump : Duration.ZERO);
			// After which everybody has seen it.
			this.tasks.advance(Duration.ofMillis(1));
		}
		else if (choice < 95) {
			note("run");
			this.tasks.runNext();
		}
		else if (choice < 98) {
			note("fire");
			this.tasks.fireNext(Long.MAX_VALUE);
		}
		else if (choice < 99) {
			boolean rejecting = this.random.nextInt(3) == 0;
			note("reject tasks " + rejecting);
			this.tasks.reject(rejecting);
			this.model.noThreads(rejecting);
		}
		else if (this.random.nextInt(5) == 0) {
			note("close");
			this.model.close();
			this.source.close();
		}
		noticeInterrupt();
	}

	private void get() {
		boolean fresh = this.model.isFresh();
		long work = this.tasks.waiting() + this.tasks.timers();
		CompletableFuture<AccessToken> future = this.source.get();
		if (fresh) {
			this.model.require(future.isDone() && this.source.get() == future, "a fresh token was not served as it is");
			this.model.require(work == this.tasks.waiting() + this.tasks.timers(), "a fresh token was refreshed");
		}
		this.model.require(future.isDone() || !this.model.isUsable(), "a caller waits beside a usable token");
		keep(future);
	}

	private void reject() {
		AccessToken token = this.model.anyToken(this.random);
		boolean other = this.model.isUsableAndOtherThan(token);
		this.model.rejecting(token);
		boolean replaceable = this.model.couldBeReplaced();
		CompletableFuture<AccessToken> future = this.source.reject(token);
		this.model.rejectedBy(token);
		this.model.require(future.isDone() || !other, "a caller waits beside another token");
		if (future.isDone() && !future.isCompletedExceptionally() && (other || replaceable)) {
			this.model.require(!future.join().equals(token), "a rejected token came back though another is to be had");
		}
		keep(future);
	}

	private void keep(CompletableFuture<AccessToken> future) {
		boolean waits = !future.isDone();
		double since = this.model.now().monotonic();
		if (this.waiters.size() == MOST_WAITERS) {
			this.waiters.removeIf(Waiter::isDone);
		}
		this.waiters.add(new Waiter(future, since));
		future.whenComplete((token, ex) -> {
			if (ex instanceof CancellationException) {
				return;
			}
			this.model.waited(since);
			if (ex == null) {
				this.served++;
				this.model.served(token);
			}
			else {
				this.refused++;
				this.model.refused(ex);
				if (waits) {
					this.model.refusedAfterWaiting(ex, since);
				}
			}
		});
	}

	/**
	 * The interrupt of an attempt meets the one thread that there is, and the attempt
	 * that is not abandoned yet.
	 */
	private void noticeInterrupt() {
		if (Thread.interrupted()) {
			this.model.require(!this.underWay.isEmpty() && !this.underWay.peek(), "somebody else was interrupted");
			this.underWay.poll();
			this.underWay.push(true);
		}
	}

	private Duration duration(double leastPower, double greatestPower) {
		double seconds = Math.pow(10, this.random.nextDouble(leastPower, greatestPower));
		return Duration.ofMillis((long) (1000 * seconds));
	}

	private void note(String step) {
		this.steps.add("  ".repeat(this.underWay.size()) + step);
	}

	private void verify() {
		String violation = this.model.violation();
		if (violation != null) {
			throw new AssertionError("Seed " + this.seed + ", step " + this.steps.size() + ": " + violation + "\n"
					+ String.join("\n", this.steps.subList(Math.max(0, this.steps.size() - 40), this.steps.size())));
		}
	}

	private record Waiter(CompletableFuture<AccessToken> future, double since) {

		boolean isDone() {
			return this.future.isDone();
		}

	}

}
