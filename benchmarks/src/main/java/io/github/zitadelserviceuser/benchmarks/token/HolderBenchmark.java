// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.token;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.benchmarks.holder.Holder;
import io.github.zitadelserviceuser.benchmarks.holder.HolderKind;
import io.github.zitadelserviceuser.benchmarks.holder.StubEndpoint;
import io.github.zitadelserviceuser.benchmarks.holder.Timing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A token at hand in what an application would use instead.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HolderBenchmark {

	/**
	 * What holds the token.
	 */
	@Param({ "GOOGLE", "SPRING_SERVLET", "SPRING_REACTIVE", "AWS" })
	public HolderKind kind = HolderKind.GOOGLE;

	private Holder holder = () -> "";

	/**
	 * Obtain the token.
	 * @throws Exception if there is none
	 */
	@Setup
	public void obtain() throws Exception {
		this.holder = this.kind.create(StubEndpoint.of(Duration.ZERO), Timing.SYSTEM);
		this.holder.token();
	}

	/**
	 * End what runs in the background.
	 */
	@TearDown
	public void close() {
		this.holder.close();
	}

	/**
	 * What a caller does.
	 * @return the token
	 * @throws Exception if there is none
	 */
	@Benchmark
	public Object token() throws Exception {
		return this.holder.token();
	}

}
