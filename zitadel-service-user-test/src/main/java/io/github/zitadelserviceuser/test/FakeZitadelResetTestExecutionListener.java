/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zitadelserviceuser.test;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenSource;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Begins each test with a fake that has seen nothing and an application that has no
 * token. After the test once more: requests that are held back are cut off, and what is
 * set to fail works again for whatever the context does between tests.
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
			context.getBeanProvider(TokenSource.class)
				.stream()
				.filter(RefreshingTokenSource.class::isInstance)
				.map(RefreshingTokenSource.class::cast)
				.forEach(RefreshingTokenSource::forget);
		}
	}

}
