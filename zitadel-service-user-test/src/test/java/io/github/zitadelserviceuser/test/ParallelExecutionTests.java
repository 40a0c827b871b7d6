// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.test.example.ExampleApplication;
import io.github.zitadelserviceuser.test.example.WhoAmI;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Test classes with fakes, run as JUnit's parallel execution runs them. Those that are
 * run are nested in here, so that the build finds them only in this way.
 */
@Timeout(120)
class ParallelExecutionTests {

	private static final CyclicBarrier MEETING = new CyclicBarrier(2);

	@Test
	void classesWhenTheyShareAContextThenDoNotDisturbEachOther() {
		TestExecutionSummary summary = runInParallel(One.class, Two.class, Three.class, Dirty.class);
		assertThat(summary.getFailures()).isEmpty();
		assertThat(summary.getTestsSucceededCount()).isEqualTo(20);
	}

	@Test
	void classesWhenTheirContextsDifferThenRunSideBySide() {
		TestExecutionSummary summary = runInParallel(MeetsHere.class, MeetsThere.class);
		assertThat(summary.getFailures()).isEmpty();
		assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
	}

	@Test
	void lockWhenConfigurationIsBrokenThenIsThatOfTheClass() {
		assertThat(new FakeZitadelLocksProvider().provideForClass(NoContext.class)).singleElement()
			.satisfies((lock) -> assertThat(lock.getKey()).endsWith(NoContext.class.getName()));
	}

	@Test
	void lockWhenContextIsSharedThenIsTheSame() {
		FakeZitadelLocksProvider provider = new FakeZitadelLocksProvider();
		assertThat(provider.provideForClass(One.class)).isEqualTo(provider.provideForClass(Two.class))
			.isNotEqualTo(provider.provideForClass(MeetsThere.class));
	}

	private static TestExecutionSummary runInParallel(Class<?>... classes) {
		LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
			.configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
			.configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
			.configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
			.configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4");
		for (Class<?> type : classes) {
			request.selectors(DiscoverySelectors.selectClass(type));
		}
		return run(request.build());
	}

	private static TestExecutionSummary run(LauncherDiscoveryRequest request) {
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		LauncherFactory.create().execute(request, listener);
		return listener.getSummary();
	}

	@SpringBootTest(classes = ExampleApplication.class, webEnvironment = WebEnvironment.NONE)
	@EnableFakeZitadel
	abstract static class Counting {

		@Autowired
		FakeZitadel zitadel;

		@Autowired
		WhoAmI whoAmI;

		@RepeatedTest(3)
		void countsItsOwnRequests() {
			assertThat(this.zitadel).hasNoTokenRequests();
			for (int i = 1; i <= 5; i++) {
				this.whoAmI.userName();
				this.zitadel.revokeAllTokens();
				assertThat(this.zitadel).hasTokenRequests(i);
			}
		}

		@RepeatedTest(2)
		void countsItsOwnCalls() {
			for (int i = 1; i <= 10; i++) {
				this.whoAmI.userName();
				assertThat(this.zitadel.userInfo()).hasCalls(i);
			}
		}

	}

	static class One extends Counting {

	}

	static class Two extends Counting {

	}

	static class Three extends Counting {

	}

	@DirtiesContext
	static class Dirty extends Counting {

	}

	@SpringBootTest(classes = ExampleApplication.class, webEnvironment = WebEnvironment.NONE)
	@EnableFakeZitadel(dialect = Dialect.SERVER_ERROR)
	static class MeetsHere {

		@Test
		void meetsTheOther(@Autowired FakeZitadel zitadel) throws Exception {
			MEETING.await(60, TimeUnit.SECONDS);
			assertThat(zitadel).hasNoTokenRequests();
		}

	}

	@SpringBootTest(classes = ExampleApplication.class, webEnvironment = WebEnvironment.NONE)
	@EnableFakeZitadel(dialect = Dialect.INVALID_GRANT)
	static class MeetsThere {

		@Test
		void meetsTheOther(@Autowired FakeZitadel zitadel) throws Exception {
			MEETING.await(60, TimeUnit.SECONDS);
			assertThat(zitadel).hasNoTokenRequests();
		}

	}

	@SpringBootTest
	@EnableFakeZitadel
	static class NoContext {

	}

}
