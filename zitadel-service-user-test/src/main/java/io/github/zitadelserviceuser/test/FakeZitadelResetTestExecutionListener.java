// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Begins each test with a fake that has seen nothing and an application whose service
 * users have no token. After the test once more: requests that are held back are cut off,
 * and what is set to fail works again for whatever the context does between tests.
 */
final class FakeZitadelResetTestExecutionListener implements TestExecutionListener {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Duration PAUSE = Duration.ofMillis(1);

	@Override
	public void beforeTestMethod(TestContext testContext) {
		reset(testContext);
	}

	@Override
	public void afterTestMethod(TestContext testContext) {
		reset(testContext);
	}

	private static void reset(TestContext testContext) {
		if (!testContext.hasApplicationContext()) {
			return;
		}
		ApplicationContext context = testContext.getApplicationContext();
		if (context.containsBean(FakeZitadelBeans.FAKE)) {
			FakeZitadel zitadel = context.getBean(FakeZitadelBeans.FAKE, FakeZitadel.class);
			List<RefreshingTokenSource> sources = sources(context);
			zitadel.reset();
			// What is cut off is asked for again at once, by a request that would be seen
			// in
			// the next test: it is waited for, and forgotten too.
			if (sources.stream().anyMatch(FakeZitadelResetTestExecutionListener::isRequesting)) {
				awaitTheEnd(sources);
				zitadel.reset();
			}
			sources.forEach(RefreshingTokenSource::forget);
		}
	}

	private static List<RefreshingTokenSource> sources(ApplicationContext context) {
		return context.getBeanProvider(ServiceUsers.class)
			.stream()
			.flatMap((users) -> StreamSupport.stream(users.spliterator(), false))
			.map(ServiceUserClient::tokenSource)
			.filter(RefreshingTokenSource.class::isInstance)
			.map(RefreshingTokenSource.class::cast)
			.toList();
	}

	// Each request ends: with an answer of the fake, which holds none any more, or after
	// 'token-timeout'.
	private static void awaitTheEnd(List<RefreshingTokenSource> sources) {
		long start = System.nanoTime();
		while (sources.stream().anyMatch(FakeZitadelResetTestExecutionListener::isRequesting)
				&& System.nanoTime() - start < PATIENCE.toNanos()) {
			LockSupport.parkNanos(PAUSE.toNanos());
		}
	}

	private static boolean isRequesting(RefreshingTokenSource source) {
		return source.status().requesting();
	}

}
