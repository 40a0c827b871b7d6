// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import io.github.zitadelserviceuser.benchmarks.report.Environment;
import io.github.zitadelserviceuser.benchmarks.report.Heap;
import io.github.zitadelserviceuser.benchmarks.report.PerformancePage;
import io.github.zitadelserviceuser.fake.FakeZitadel;

import org.springframework.boot.convert.DurationStyle;

/**
 * Real applications with short tokens under load, while the token endpoint fails now and
 * then. Ends with an error if anything happened that must not. The results go into the
 * documentation.
 *
 * @since 0.1.0
 */
public final class SoakTest {

	/** After this part of the time, all that is loaded and compiled once is there. */
	private static final int WARM_UP_PART = 3;

	private static final long LONGEST_MILLIS = Duration.ofHours(24).toMillis();

	private final ReadWriteLock gate = new ReentrantReadWriteLock(true);

	private final Ledger ledger = new Ledger();

	private final List<SoakApplication> applications = new ArrayList<>();

	private final SoakSettings settings;

	private SoakTest(SoakSettings settings) {
		this.settings = settings;
	}

	/**
	 * Run the test.
	 * @param args the directory of the documentation, and how long the callers call, such
	 * as {@code 1m}
	 * @throws IOException if the results cannot be written
	 * @throws InterruptedException if the test is ended early
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		Duration duration = DurationStyle.detectAndParse(args[1]);
		if (duration.toMillis() < 1 || duration.toMillis() > LONGEST_MILLIS) {
			throw new IllegalArgumentException("The duration must be between 1 ms and 24 h, but is " + args[1]);
		}
		Environment environment = Environment.current();
		SoakResult result = new SoakTest(SoakSettings.lasting(duration)).run();
		System.out.println(result.table());
		System.out.println("Faults: " + result.faults());
		result.ledger().causes().forEach((cause, count) -> System.out.println(count + " x " + cause));
		List<String> violations = result.violations();
		if (!violations.isEmpty()) {
			violations.forEach((violation) -> System.out.println("VIOLATION: " + violation));
			System.exit(1);
		}
		new PerformancePage(Path.of(args[0])).replace("soak", environment, result.table());
		System.exit(0);
	}

	private SoakResult run() throws InterruptedException {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			TroubledServer server = new TroubledServer(zitadel, this.gate.writeLock(), this.settings);
			for (int i = 0; i < this.settings.applications(); i++) {
				this.applications.add(new SoakApplication(zitadel, this.ledger, this.gate.readLock()));
			}
			try {
				return call(server);
			}
			finally {
				this.applications.forEach(SoakApplication::close);
			}
		}
	}

	private SoakResult call(TroubledServer server) throws InterruptedException {
		Thread trouble = new Thread(server, "trouble");
		trouble.setDaemon(true);
		trouble.start();
		long startedAt = System.nanoTime();
		Callers callers = new Callers();
		callers.start(this.settings.blockingThreads(), this.applications, SoakApplication::callBlocking);
		callers.start(this.settings.reactiveThreads(), this.applications, SoakApplication::callReactive);
		Duration warmUp = this.settings.duration().dividedBy(WARM_UP_PART);
		Thread.sleep(warmUp.toMillis());
		long heapBefore = Heap.used();
		Thread.sleep(this.settings.duration().minus(warmUp).toMillis());
		long heapGrowth = Heap.used() - heapBefore;
		int stuckThreads = callers.stop();
		Duration elapsed = Duration.ofNanos(System.nanoTime() - startedAt);
		awaitTheLast();
		server.stop();
		trouble.join();
		return new SoakResult(this.settings, elapsed, this.ledger, server.requests(), server.faults(), heapGrowth,
				stuckThreads);
	}

	/**
	 * Reactive calls may still wait for a token.
	 */
	private void awaitTheLast() throws InterruptedException {
		long end = System.nanoTime() + 2 * SoakSettings.TOKEN_TIMEOUT.toNanos();
		while (this.ledger.underWay() > 0 && System.nanoTime() - end < 0) {
			Thread.sleep(10);
		}
	}

}
