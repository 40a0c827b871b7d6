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

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * The properties of the connection to a fake, for code that reads them. The fake is
 * started when the first of them is read.
 */
final class FakeZitadelPropertySource extends EnumerablePropertySource<BeanFactory> {

	private static final String ISSUER_URI = "zitadel.service-user.issuer-uri";

	private static final String KEY_LOCATION = "zitadel.service-user.key-location";

	FakeZitadelPropertySource(BeanFactory beanFactory) {
		super("fakeZitadel", beanFactory);
	}

	@Override
	public String[] getPropertyNames() {
		return new String[] { ISSUER_URI, KEY_LOCATION };
	}

	@Override
	public @Nullable Object getProperty(String name) {
		return switch (name) {
			case ISSUER_URI -> connection().getIssuerUri();
			case KEY_LOCATION -> connection().getKeyLocation();
			default -> null;
		};
	}

	private ZitadelServiceUserConnectionDetails connection() {
		return new FakeZitadelConnectionDetails(getSource().getBean(FakeZitadelBeans.FAKE, FakeZitadel.class));
	}

}
