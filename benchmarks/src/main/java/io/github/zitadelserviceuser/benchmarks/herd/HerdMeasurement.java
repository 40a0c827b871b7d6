// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.herd;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

import io.github.zitadelserviceuser.benchmarks.holder.Holder;
import io.github.zitadelserviceuser.benchmarks.holder.HolderKind;
import io.github.zitadelserviceuser.benchmarks.holder.StubEndpoint;
import io.github.zitadelserviceuser.benchmarks.holder.Timing;
import io.github.zitadelserviceuser.benchmarks.report.Environment;
import io.github.zitadelserviceuser.benchmarks.report.PerformancePage;
import org.jspecify.annotations.Nullable;

/**
 * Runs herds against a token endpoint that takes a second, and writes how long they took
 * and how many requests they made into the documentation.
 *
 * @since 0.1.0
 */
public final class HerdMeasurement {

	private static final List<Subject> SUBJECTS = List.of(Subject.FLOOR,
			Subject.of("this library", HolderKind.SERVICE_USER, HolderKind.SERVICE_USER),
			Subject.of("google-auth", HolderKind.GOOGLE, HolderKind.GOOGLE),
			Subject.of("Spring Security", HolderKind.SPRING_SERVLET, HolderKind.SPRING_REACTIVE),
			Subject.of("AWS", HolderKind.AWS, null));

	private static final int[] SIZES = { 500, 5_000 };

	private static final Duration LATENCY = Duration.ofSeconds(1);

	private static final String NOTE = """
			The token endpoint takes 1 s. *Nothing but a future* shows what of the time is the machine's, to wake up all those \
			threads. With Spring Security, threads ask its servlet manager and the others its reactive \
			one; AWS has nothing for callers that don't block.
			""";

	private HerdMeasurement() {
	}

	/**
	 * Run the herds.
	 * @param args the directory of the documentation, and {@code short} or {@code full}
	 * @throws IOException if the results cannot be written
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		Environment environment = Environment.current();
		StringBuilder table = new StringBuilder("""
				| callers | | who holds the token | token requests | ms until all have it | to one request | failed |
				|--:|---|---|--:|--:|--:|--:|
				""");
		for (int size : SIZES) {
			for (Callers callers : Callers.values()) {
				ThreadFactory threads = callers.threads();
				for (Subject subject : SUBJECTS) {
					if (threads != null && subject.serves(callers)) {
						subject.run(callers, threads, 100, Duration.ofMillis(10));
						Herd.Result result = median(subject, callers, threads, size, "full".equals(args[1]) ? 5 : 1);
						table.append(row(size, callers, subject, result));
					}
				}
			}
		}
		String content = table + "\n" + NOTE + "Each is the median of " + ("full".equals(args[1]) ? "5 runs" : "1 run")
				+ ". " + HolderKind.settings();
		new PerformancePage(Path.of(args[0])).replace("herd", environment, content);
		System.out.println(content);
	}

	private static Herd.Result median(Subject subject, Callers callers, ThreadFactory threads, int size, int runs)
			throws InterruptedException {
		List<Herd.Result> results = new ArrayList<>();
		for (int i = 0; i < runs; i++) {
			results.add(subject.run(callers, threads, size, LATENCY));
		}
		results.sort(Comparator.comparing(Herd.Result::time));
		return results.get(runs / 2);
	}

	private static String row(int size, Callers callers, Subject subject, Herd.Result result) {
		return String.format(Locale.ROOT, "| %,d | %s | %s | %,d | %,d | %.2f | %,d |%n", size, callers.title(),
				subject.title(), result.requests(), result.time().toMillis(),
				(double) result.time().toNanos() / LATENCY.toNanos(), result.failed());
	}

	/**
	 * Who holds the token.
	 *
	 * @param title the name for the documentation
	 * @param forThreads creates what callers ask that block
	 * @param forOthers creates what the others ask, if there is anything
	 */
	private record Subject(String title, Function<StubEndpoint, Holder> forThreads,
			@Nullable Function<StubEndpoint, Holder> forOthers) {

		private static final Function<StubEndpoint, Holder> FUTURE = FutureHolder::new;

		private static final Subject FLOOR = new Subject("nothing but a future", FUTURE, FUTURE);

		private static Subject of(String title, HolderKind forThreads, @Nullable HolderKind forOthers) {
			Function<StubEndpoint, Holder> one = holder(forThreads);
			return new Subject(title, one,
					(forOthers == forThreads) ? one : (forOthers != null) ? holder(forOthers) : null);
		}

		private static Function<StubEndpoint, Holder> holder(HolderKind kind) {
			return (endpoint) -> kind.create(endpoint, Timing.SYSTEM);
		}

		private boolean serves(Callers callers) {
			return !callers.areNonBlocking() || this.forOthers != null;
		}

		private Herd.Result run(Callers callers, ThreadFactory threads, int size, Duration latency)
				throws InterruptedException {
			StubEndpoint endpoint = StubEndpoint.of(latency);
			int nonBlocking = callers.areNonBlocking() ? (callers.areBlocking() ? size / 2 : size) : 0;
			Holder one = this.forThreads.apply(endpoint);
			Holder other = (this.forOthers == null || this.forOthers.equals(this.forThreads)) ? one
					: this.forOthers.apply(endpoint);
			try {
				return Herd.run(endpoint, one, size - nonBlocking, threads, other, nonBlocking);
			}
			finally {
				one.close();
				other.close();
			}
		}

	}

}
