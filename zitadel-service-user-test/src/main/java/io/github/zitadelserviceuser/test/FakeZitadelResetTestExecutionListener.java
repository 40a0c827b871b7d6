// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

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
			zitadel.reset();
			context.getBeanProvider(ServiceUsers.class)
				.stream()
				.flatMap((users) -> StreamSupport.stream(users.spliterator(), false))
				.map(ServiceUserClient::tokenSource)
				.filter(RefreshingTokenSource.class::isInstance)
				.map(RefreshingTokenSource.class::cast)
				.forEach(RefreshingTokenSource::forget);
		}
	}

}
